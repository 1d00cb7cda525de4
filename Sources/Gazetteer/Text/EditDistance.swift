/// Counts typing slips between two words: letters added, left out, changed, or swapped with a neighbour.
///
/// The optimal string alignment distance (F. Damerau 1964, restricted as by R. Oommen and R. Loke 1997), cut off at a
/// bound, so that words far apart cost little.
struct EditDistance {
    // Three rows are kept and used again from word to word: a question compares with hundreds.
    private var previous: [Int] = []
    private var last: [Int] = []
    private var row: [Int] = []

    /// The distance; nil when it is above `bound`.
    mutating func between(_ a: ArraySlice<UInt16>, _ b: ArraySlice<UInt16>, atMost bound: Int) -> Int? {
        guard abs(a.count - b.count) <= bound else { return nil }
        // What both begin and end with has no slips, and is most of two words that are near.
        var (a, b) = (a, b)
        while let first = a.first, first == b.first {
            a.removeFirst()
            b.removeFirst()
        }
        while let last = a.last, last == b.last {
            a.removeLast()
            b.removeLast()
        }
        if a.isEmpty || b.isEmpty { return a.count + b.count }
        let width = b.count + 1
        start(width)
        for (i, letter) in a.enumerated() {
            var best = i + 1
            row[0] = i + 1
            for j in 1..<max(width, 1) {
                let other = b[b.startIndex + j - 1]
                var cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter == other ? 0 : 1))
                if i > 0, j > 1, letter == b[b.startIndex + j - 2], a[a.startIndex + i - 1] == other {
                    cost = min(cost, previous[j - 2] + 1)
                }
                row[j] = cost
                best = min(best, cost)
            }
            if best > bound { return nil }
            (previous, last, row) = (last, row, previous)
        }
        return last[width - 1] <= bound ? last[width - 1] : nil
    }

    private mutating func start(_ width: Int) {
        if last.count < width {
            previous = [Int](repeating: 0, count: width)
            last = previous
            row = previous
        }
        for j in 0..<width { last[j] = j }
    }
}
