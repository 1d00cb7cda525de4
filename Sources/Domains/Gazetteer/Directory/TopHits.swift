/// Keeps the best of many answers without sorting them all: a heap with the worst kept answer on top.
struct TopHits {
    /// An answer with its sort keys; smaller comes first.
    struct Entry {
        let record: Int32
        /// The relevance in hundredths.
        let relevance: Int32
        let coarse: Int32
        let fine: Double
        let rank: Int32

        func precedes(_ other: Entry) -> Bool {
            if coarse != other.coarse { return coarse < other.coarse }
            if fine != other.fine { return fine < other.fine }
            return rank < other.rank
        }
    }

    private let limit: Int
    private var heap: [Entry] = []

    init(limit: Int) { self.limit = limit }

    mutating func offer(_ entry: Entry) {
        if heap.count < limit {
            heap.append(entry)
            if heap.count == limit { makeHeap() }
        } else if let worst = heap.first, entry.precedes(worst) {
            heap[0] = entry
            sink(0)
        }
    }

    /// The worst kept answer once the limit is reached; anything worse is rejected.
    var worst: Entry? { heap.count == limit ? heap.first : nil }

    /// The kept answers, best first.
    var sorted: [Entry] { heap.sorted { $0.precedes($1) } }

    private mutating func makeHeap() {
        for place in stride(from: heap.count / 2 - 1, through: 0, by: -1) { sink(place) }
    }

    private mutating func sink(_ start: Int) {
        var place = start
        while 2 * place + 1 < heap.count {
            var child = 2 * place + 1
            if child + 1 < heap.count, heap[child].precedes(heap[child + 1]) { child += 1 }
            guard heap[place].precedes(heap[child]) else { return }
            heap.swapAt(place, child)
            place = child
        }
    }
}
