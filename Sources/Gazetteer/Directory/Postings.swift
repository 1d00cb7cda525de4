/// For each of many keys a list of numbers, all in one array.
struct Postings: Sendable {
    private let entries: [Int32]
    private let starts: [Int32]

    init(_ lists: [[Int32]]) {
        var entries: [Int32] = []
        var starts: [Int32] = [0]
        starts.reserveCapacity(lists.count + 1)
        for list in lists {
            entries += list
            starts.append(Int32(entries.count))
        }
        self.entries = entries
        self.starts = starts
    }

    subscript(key: Int) -> ArraySlice<Int32> { entries[Int(starts[key])..<Int(starts[key + 1])] }

    /// The lists of neighbouring keys, which follow each other in memory.
    subscript(keys: Range<Int>) -> ArraySlice<Int32> {
        entries[Int(starts[keys.lowerBound])..<Int(starts[keys.upperBound])]
    }
}
