/// A set of organizations, one bit each.
///
/// Words that thousands of organizations have are matched, combined and counted 64 organizations at a time, so the cost of a
/// query does not grow with the frequency of its words.
struct RecordSet: Sendable, Equatable {
    private(set) var bits: [UInt64]

    /// The empty set over this many organizations.
    init(count: Int) { bits = [UInt64](repeating: 0, count: (count + 63) / 64) }

    /// The set of a list of organizations, out of this many.
    init(_ records: [Int32], of count: Int) {
        self.init(count: count)
        formUnion(records[...])
    }

    private init(bits: [UInt64]) { self.bits = bits }

    /// The set of all of this many organizations.
    static func all(_ count: Int) -> RecordSet {
        var bits = [UInt64](repeating: .max, count: (count + 63) / 64)
        if count % 64 > 0 { bits[bits.count - 1] = (1 << UInt64(count % 64)) - 1 }
        return RecordSet(bits: bits)
    }

    var isEmpty: Bool { bits.allSatisfy { $0 == 0 } }

    var count: Int {
        // Most machine words of most sets are zero, and testing for that is cheaper than counting bits.
        var count = 0
        for word in bits where word != 0 { count += word.nonzeroBitCount }
        return count
    }

    /// The number of members if it is at most `bound`; otherwise nil, as soon as that is known.
    func count(atMost bound: Int) -> Int? {
        var count = 0
        for word in bits where word != 0 {
            count += word.nonzeroBitCount
            if count > bound { return nil }
        }
        return count
    }

    func contains(_ record: Int) -> Bool { bits[record >> 6] & (1 << UInt64(record & 63)) != 0 }

    mutating func insert(_ record: Int) { bits[record >> 6] |= 1 << UInt64(record & 63) }

    mutating func formUnion(_ records: ArraySlice<Int32>) {
        bits.withUnsafeMutableBufferPointer { bits in
            for record in records { bits[Int(record) >> 6] |= 1 << UInt64(record & 63) }
        }
    }

    mutating func formUnion(_ other: RecordSet) { combine(other) { $0 | $1 } }

    mutating func formIntersection(_ other: RecordSet) { combine(other) { $0 & $1 } }

    mutating func subtract(_ other: RecordSet) { combine(other) { $0 & ~$1 } }

    /// The members of both, or nil when there are none.
    func common(with other: RecordSet) -> RecordSet? { combined(other) { $0 & $1 } }

    /// The members that are not in the other set, or nil when there are none.
    func without(_ other: RecordSet) -> RecordSet? { combined(other) { $0 & ~$1 } }

    @inline(__always)
    private mutating func combine(_ other: RecordSet, _ operation: (UInt64, UInt64) -> UInt64) {
        bits.withUnsafeMutableBufferPointer { bits in
            other.bits.withUnsafeBufferPointer { other in
                for place in 0..<Swift.min(bits.count, other.count) {
                    bits[place] = operation(bits[place], other[place])
                }
            }
        }
    }

    @inline(__always)
    private func combined(_ other: RecordSet, _ operation: (UInt64, UInt64) -> UInt64) -> RecordSet? {
        var any: UInt64 = 0
        let combined = [UInt64](unsafeUninitializedCapacity: bits.count) { result, count in
            bits.withUnsafeBufferPointer { bits in
                other.bits.withUnsafeBufferPointer { other in
                    for place in 0..<Swift.min(bits.count, other.count) {
                        let word = operation(bits[place], other[place])
                        // The memory is uninitialised, but an integer needs no initialisation other than this assignment.
                        result[place] = word
                        any |= word
                    }
                }
            }
            count = bits.count
        }
        return any == 0 ? nil : RecordSet(bits: combined)
    }
}

extension RecordSet: Sequence {
    /// The members in order.
    struct Iterator: IteratorProtocol {
        private let bits: [UInt64]
        private var place = -1
        private var rest: UInt64 = 0

        init(_ bits: [UInt64]) { self.bits = bits }

        mutating func next() -> Int? {
            while rest == 0 {
                place += 1
                guard place < bits.count else { return nil }
                rest = bits[place]
            }
            defer { rest &= rest - 1 }
            return place << 6 | rest.trailingZeroBitCount
        }
    }

    func makeIterator() -> Iterator { Iterator(bits) }
}
