import Geo

/// The known houses of a street in their order along its line, with the parity of each side.
struct NumberedStreet: Sendable {
    /// A known house.
    struct House: Sendable {
        let number: Int
        /// Metres along the street's main direction.
        let along: Double
        let side: StreetSide?
    }

    /// The fewest houses, and the smallest share of them, that determine the parity of a side.
    private static let fewestHouses = 3
    private static let leastShare = 0.75
    /// The median length of street per number, metres, counting both sides.
    private static let pitch = 19.0
    /// How far beyond the last known house its number is still informative, metres.
    private static let beyond = 300.0
    /// Houses farther apart say nothing about what lies between them, metres.
    private static let widestGap = 3_000.0
    /// Numbers that decrease by more than this from one house to the next say nothing about what lies between them.
    private static let widestJump = 32
    /// A number between two houses is not given when it may be farther off than this, metres.
    private static let maxUncertain = 1_000.0

    /// The direction in which the numbers increase.
    let heading: NumberingDirection
    private let houses: [House]
    private let evenSide: StreetSide?

    init(_ heading: NumberingDirection, _ houses: [House]) {
        self.heading = heading
        self.houses = houses.sorted { ($0.along, $0.number) < ($1.along, $1.number) }
        let sided = houses.filter { $0.side != nil }
        let evenLeft = sided.count { ($0.side == .left) == $0.number.isMultiple(of: 2) }
        if sided.count < Self.fewestHouses {
            evenSide = nil
        } else if Double(evenLeft) >= Self.leastShare * Double(sided.count) {
            evenSide = .left
        } else if Double(sided.count - evenLeft) >= Self.leastShare * Double(sided.count) {
            evenSide = .right
        } else {
            evenSide = nil
        }
    }

    /// The usual parity on a side; nil where the houses do not determine it.
    func parity(of side: StreetSide) -> HouseRange.Parity? { evenSide.map { $0 == side ? .even : .odd } }

    /// The likely number of a house at this place; nil where no known house is near enough.
    ///
    /// The uncertainty is chosen so that nine of ten known houses, each left out in turn, lie within it (docs/reverse.md).
    ///
    /// - Parameters:
    ///   - metres: along the street's main direction.
    ///   - side: the side it is on, when known.
    func likelyNumber(at metres: Double, side: StreetSide?) -> LikelyNumber? {
        let parity = side.flatMap { self.parity(of: $0) }
        // Numbers are in order on one side; compared with the other side they are off by a few houses.
        let onSide = side.flatMap { side in
            between(metres, parity) { $0.side == side && parity?.holds($0.number) != false }
        }
        return onSide ?? between(metres, parity) { _ in true }
    }

    private func between(
        _ metres: Double,
        _ parity: HouseRange.Parity?,
        where isCounted: (House) -> Bool
    ) -> LikelyNumber? {
        let split = firstHouse(from: metres)
        let above = houses[split...].first(where: isCounted)
        let below = houses[..<split].last(where: isCounted)
        switch (below, above) {
        case (let below?, let above?) where above.along - below.along <= Self.widestGap && below.number <= above.number:
            let gap = above.along - below.along
            let share = gap > 0 ? (metres - below.along) / gap : 0
            let span = Double(above.number - below.number)
            return LikelyNumber(
                Double(below.number) + share * span,
                parity,
                in: below.number...above.number,
                uncertainty: min(Self.maxUncertain, 220 + 5 * span)
            )
        case (let below?, let above?) where below.number - above.number > Self.widestJump: return nil
        default:
            return beside(metres, parity, [below, above].compactMap { $0 })
        }
    }

    // Extrapolates from the nearest house alone.
    private func beside(_ metres: Double, _ parity: HouseRange.Parity?, _ neighbours: [House]) -> LikelyNumber? {
        guard let nearest = neighbours.min(by: { abs($0.along - metres) < abs($1.along - metres) }) else { return nil }
        let distance = metres - nearest.along
        guard abs(distance) <= Self.beyond else { return nil }
        let number = Double(nearest.number) + distance / Self.pitch
        return LikelyNumber(number, parity, in: 1...9_999, uncertainty: 200 + abs(distance))
    }

    private func firstHouse(from metres: Double) -> Int {
        var (low, high) = (0, houses.count)
        while low < high {
            let middle = (low + high) / 2
            if houses[middle].along < metres { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
