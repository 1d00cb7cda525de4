/// The crossings of each pair of streets.
struct CrossingIndex: Sendable {
    private let crossings: [UInt64: [Int]]

    /// - Parameter addresses: gives the index of each street.
    init(_ records: [Crossing], in addresses: AddressBook) {
        var crossings: [UInt64: [Int]] = [:]
        for (index, crossing) in records.enumerated() {
            guard let first = addresses.index(of: crossing.firstStreet),
                let second = addresses.index(of: crossing.secondStreet)
            else { continue }
            crossings[Self.key(first, second), default: []].append(index)
        }
        self.crossings = crossings
    }

    /// The indexes of the crossings of two streets, given by their indexes; empty when they do not meet.
    func crossings(of first: Int, _ second: Int) -> [Int] { crossings[Self.key(first, second)] ?? [] }

    private static func key(_ first: Int, _ second: Int) -> UInt64 {
        UInt64(min(first, second)) << 32 | UInt64(max(first, second))
    }
}
