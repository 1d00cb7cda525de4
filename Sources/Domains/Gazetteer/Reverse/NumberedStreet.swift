import Geo

/// The known houses of a street as they follow one another along its line: the parity of each side, and what stands where.
struct NumberedStreet: Sendable {
    /// A known house.
    struct House: Sendable {
        let number: Int
        /// Metres along the street's main direction.
        let along: Double
        let side: StreetSide?
    }

    /// Fewer houses than this tell no parity, nor does a smaller share of them.
    private static let fewestHouses = 3
    private static let leastShare = 0.75
    /// The median length of street that a number takes, metres; both sides counted.
    private static let pitch = 19.0
    /// As far as this past the last known house its number still tells something, metres.
    private static let beyond = 300.0
    /// Houses farther apart tell nothing of what stands between them, metres.
    private static let widestGap = 3_000.0
    /// Numbers that fall by more than this from one house to the next tell nothing of what stands between them.
    private static let widestJump = 32
    /// Farther off than this a number of a house between two others is not said to be, metres.
    private static let mostUncertain = 1_000.0

    /// Which way the numbers rise.
    let heading: NumberHeading
    private let houses: [House]
    private let evenSide: StreetSide?

    init(_ heading: NumberHeading, _ houses: [House]) {
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

    /// The parity usual on a side; nil where the houses do not tell.
    func parity(of side: StreetSide) -> HouseRange.Parity? { evenSide.map { $0 == side ? .even : .odd } }

    /// The likely number of a house that stands here; nil where no known house is near enough to tell.
    ///
    /// Its uncertainty is such that nine of ten known houses, each left out in turn, are within it (docs/reverse.md).
    ///
    /// - Parameters:
    ///   - metres: along the street's main direction.
    ///   - side: the side it stands on, where that is known.
    func likelyNumber(at metres: Double, side: StreetSide?) -> LikelyNumber? {
        let parity = side.flatMap { self.parity(of: $0) }
        // On its own side the numbers go in order; across the street they are off by a few houses.
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
                uncertainty: min(Self.mostUncertain, 220 + 5 * span)
            )
        case (let below?, let above?) where below.number - above.number > Self.widestJump: return nil
        default:
            return beside(metres, parity, [below, above].compactMap { $0 })
        }
    }

    // Counted on from the nearest house alone.
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
