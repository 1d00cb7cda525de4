/// The best neighbours seen so far, in caller-owned memory.
///
/// A sorted list while small; a heap with the worst on top when large.
struct NearestList {
    /// A candidate with the key it is ranked by: any increasing function of the distance.
    struct Entry {
        let key: Double
        let index: Int

        @inline(__always)
        func precedes(_ other: Entry) -> Bool {
            key < other.key || (key == other.key && index < other.index)
        }
    }

    /// Up to this many entries shifting a sorted list is cheaper than sifting a heap.
    private static let largestList = 128

    private let entries: UnsafeMutableBufferPointer<Entry>
    private var count = 0
    /// The key a new candidate must not exceed.
    private(set) var threshold: Double

    /// Starts empty over uninitialised memory for at least one entry.
    init(in memory: UnsafeMutableBufferPointer<Entry>, threshold: Double) {
        entries = memory
        self.threshold = threshold
    }

    /// Adds the candidate if it is among the best.
    @inline(__always)
    mutating func offer(_ candidate: Entry) {
        guard candidate.key <= threshold else { return }
        if entries.count <= Self.largestList { insert(candidate) } else { sift(candidate) }
    }

    private mutating func insert(_ candidate: Entry) {
        var position = count
        if count == entries.count {
            guard candidate.precedes(entries[count - 1]) else { return }
            position -= 1
        } else {
            count += 1
        }
        let place = place(of: candidate, below: position)
        while position > place {
            entries[position] = entries[position - 1]
            position -= 1
        }
        entries[place] = candidate
        if count == entries.count { threshold = entries[count - 1].key }
    }

    /// Where a candidate belongs among the first entries: binary search while the range is long, then a linear scan.
    private func place(of candidate: Entry, below end: Int) -> Int {
        var (low, high) = (0, end)
        while high - low > 8 {
            let middle = (low + high) / 2
            if candidate.precedes(entries[middle]) { high = middle } else { low = middle + 1 }
        }
        while high > low, candidate.precedes(entries[high - 1]) { high -= 1 }
        return high
    }

    private mutating func sift(_ candidate: Entry) {
        if count < entries.count {
            entries[count] = candidate
            count += 1
            siftUp(from: count - 1)
        } else if candidate.precedes(entries[0]) {
            entries[0] = candidate
            siftDown(within: count)
        }
        if count == entries.count { threshold = entries[0].key }
    }

    private func siftUp(from start: Int) {
        var index = start
        while index > 0, entries[(index - 1) / 2].precedes(entries[index]) {
            entries.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    private func siftDown(within end: Int) {
        var index = 0
        while true {
            var child = 2 * index + 1
            guard child < end else { return }
            if child + 1 < end, entries[child].precedes(entries[child + 1]) { child += 1 }
            guard entries[index].precedes(entries[child]) else { return }
            entries.swapAt(index, child)
            index = child
        }
    }

    /// Empties the list into an array, nearest first.
    mutating func drain(_ distance: (Double) -> Double) -> [Neighbour] {
        if entries.count > Self.largestList {
            // Heap sort in place: the worst entry moves to the end, again and again.
            for end in stride(from: count - 1, to: 0, by: -1) {
                entries.swapAt(0, end)
                siftDown(within: end)
            }
        }
        return [Neighbour](unsafeUninitializedCapacity: count) { buffer, initialized in
            for position in 0..<count {
                let entry = entries[position]
                buffer.initializeElement(at: position, to: Neighbour(index: entry.index, distance: distance(entry.key)))
            }
            initialized = count
        }
    }
}
