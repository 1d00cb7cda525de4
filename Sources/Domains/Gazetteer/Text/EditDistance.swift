/// Counts the typing errors between two words: letters added, omitted, changed, or swapped with a neighbour.
///
/// The optimal string alignment distance (F. Damerau 1964, restricted as by R. Oommen and R. Loke 1997), computed only up to
/// a bound, so that very different words cost little.
public enum EditDistance {
    /// The distance in letters (UTF-16 code units); nil when it is above `bound`.
    public static func between(_ a: ArraySlice<UInt16>, _ b: ArraySlice<UInt16>, atMost bound: Int) -> Int? {
        guard abs(a.count - b.count) <= bound else { return nil }
        // Unsafe: a query is compared with hundreds of words, so the letters are read in place, within these closures.
        return a.withUnsafeBufferPointer { a in
            b.withUnsafeBufferPointer { b in distance(trimmed(a, b), atMost: bound) }
        }
    }

    // Unsafe: views of the letters, valid only inside the caller's closures.
    private typealias Letters = Slice<UnsafeBufferPointer<UInt16>>

    // A common prefix and suffix contain no typos and make up most of two similar words.
    // Unsafe: as above.
    private static func trimmed(
        _ a: UnsafeBufferPointer<UInt16>,
        _ b: UnsafeBufferPointer<UInt16>
    ) -> (Letters, Letters) {
        var start = 0
        while start < min(a.count, b.count), a[start] == b[start] { start += 1 }
        var (endA, endB) = (a.count, b.count)
        while endA > start, endB > start, a[endA - 1] == b[endB - 1] { (endA, endB) = (endA - 1, endB - 1) }
        return (a[start..<endA], b[start..<endB])
    }

    private static func distance(_ words: (Letters, Letters), atMost bound: Int) -> Int? {
        // Unsafe: the letters of a slice, indexed from 0 and valid only as long as the slice.
        let (a, b) = (UnsafeBufferPointer(rebasing: words.0), UnsafeBufferPointer(rebasing: words.1))
        if a.isEmpty || b.isEmpty { return a.count + b.count }
        let width = b.count + 1
        // Unsafe: three rows on the stack, each written from its first cell before it is read.
        return withUnsafeTemporaryAllocation(of: Int.self, capacity: 3 * width) { cells in
            var (previous, last, row) = (0, width, 2 * width)
            for j in 0..<width { cells[last + j] = j }
            for i in a.indices {
                var best = i + 1
                cells[row] = i + 1
                for j in 1..<width {
                    let replaced = cells[last + j - 1] + (a[i] == b[j - 1] ? 0 : 1)
                    var cost = min(cells[last + j] + 1, cells[row + j - 1] + 1, replaced)
                    if i > 0, j > 1, a[i] == b[j - 2], a[i - 1] == b[j - 1] {
                        cost = min(cost, cells[previous + j - 2] + 1)
                    }
                    cells[row + j] = cost
                    best = min(best, cost)
                }
                if best > bound { return nil }
                (previous, last, row) = (last, row, previous)
            }
            return cells[last + width - 1] <= bound ? cells[last + width - 1] : nil
        }
    }
}
