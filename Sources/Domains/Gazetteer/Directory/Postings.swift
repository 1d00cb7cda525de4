/// A list of records for each of many keys, in one array; the longest lists are also kept as sets, which are faster to read.
struct Postings: Sendable {
    private let entries: [Int32]
    private let starts: [Int32]
    /// The entries except those of the keys that have sets.
    private let few: [Int32]
    private let fewStarts: [Int32]
    /// The keys of more than one record in `sparsity`, in order, and their sets.
    private let manyKeys: [Int32]
    private let many: [RecordSet]
    private static let sparsity = 48

    /// - Parameter count: the number of all records; with 0 no list is kept as a set.
    init(_ lists: [[Int32]], of count: Int = 0) {
        var entries: [Int32] = []
        var starts: [Int32] = [0]
        var few: [Int32] = []
        var fewStarts: [Int32] = [0]
        var manyKeys: [Int32] = []
        var many: [RecordSet] = []
        starts.reserveCapacity(lists.count + 1)
        for (key, list) in lists.enumerated() {
            entries += list
            starts.append(Int32(entries.count))
            if count > 0 {
                if list.count > count / Self.sparsity {
                    manyKeys.append(Int32(key))
                    many.append(RecordSet(list, of: count))
                } else {
                    few += list
                }
                fewStarts.append(Int32(few.count))
            }
        }
        (self.entries, self.starts) = (entries, starts)
        (self.few, self.fewStarts) = (few, fewStarts)
        (self.manyKeys, self.many) = (manyKeys, many)
    }

    subscript(key: Int) -> ArraySlice<Int32> { entries[Int(starts[key])..<Int(starts[key + 1])] }

    /// The lists of consecutive keys, which are adjacent in memory.
    subscript(keys: Range<Int>) -> ArraySlice<Int32> {
        entries[Int(starts[keys.lowerBound])..<Int(starts[keys.upperBound])]
    }

    /// Whether these keys have no records.
    func isEmpty(_ keys: Range<Int>) -> Bool { starts[keys.lowerBound] == starts[keys.upperBound] }

    /// Adds the records of consecutive keys to a set; only for postings created with the number of records.
    func add(_ keys: Range<Int>, to set: inout RecordSet) {
        set.formUnion(few[Int(fewStarts[keys.lowerBound])..<Int(fewStarts[keys.upperBound])])
        var place = manyKeys.indices.firstPlace { manyKeys[$0] >= keys.lowerBound }
        while place < manyKeys.count, manyKeys[place] < keys.upperBound {
            set.formUnion(many[place])
            place += 1
        }
    }
}

extension ArraySlice<Int32> {
    /// Whether a sorted list contains a number.
    func hasSorted(_ number: Int32) -> Bool {
        let place = (startIndex..<endIndex).firstPlace { self[$0] >= number }
        return place < endIndex && self[place] == number
    }
}

extension Range<Int> {
    /// The first index for which a condition holds, given that it holds for all later ones too; the end when there is none.
    @inline(__always)
    func firstPlace(where isAtOrAfter: (Int) -> Bool) -> Int {
        var (low, high) = (lowerBound, upperBound)
        while low < high {
            let middle = (low + high) / 2
            if isAtOrAfter(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
