import Geo

/// The known houses of one street or microdistrict in the order of their numbers.
///
/// A house that is not known is placed between its neighbours on the same side: odd numbers on one side, even on the other.
struct HouseNumberIndex: Sendable {
    /// A known house.
    struct Entry: Sendable {
        let number: Int
        let key: String
        let address: Int
        let position: Coordinate

        /// The other house numbers that a double house covers: 39, 41 and 39/41 for `39-41`.
        let others: [String]

        /// - Parameter place: the address's index in the address book. Returns nil when its house has no number.
        init?(_ address: Address, place: Int) {
            let tokens = Token.tokens(of: address.house)
            guard let house = HouseNumber(tokens) else { return nil }
            (number, key, self.address, position) = (house.number, house.key, place, address.position)
            if let end = house.rangeEnd, end - house.number <= 2 {
                others = [String(house.number), String(end), "\(house.number)/\(end)"]
            } else {
                others = []
            }
        }
    }

    /// An estimated position of a house that is not known.
    struct Estimate: Sendable, Equatable {
        /// The place, WGS 84 degrees.
        let position: Coordinate
        /// How far off it may be, metres; nine of ten held-out houses lie within it (see the geocoder's report).
        let uncertainty: Double
        /// Whether it is based on known houses, not only on the numbering convention.
        var isFromHouses = true
    }

    /// The houses by number, then by key.
    let entries: [Entry]
    // Indexes in `entries` of double houses, by each of their numbers.
    private let doubles: [String: [Int]]
    private let odd: [Int]
    private let even: [Int]
    private let isStreet: Bool

    /// - Parameter isStreet: numbers run in order along a street; in a microdistrict only close numbers are close in space.
    init(_ entries: [Entry], isStreet: Bool) {
        let sorted = entries.sorted { ($0.number, $0.key, $0.address) < ($1.number, $1.key, $1.address) }
        self.entries = sorted
        self.isStreet = isStreet
        doubles = sorted.indices.reduce(into: [:]) { doubles, index in
            for key in sorted[index].others { doubles[key, default: []].append(index) }
        }
        odd = sorted.indices.filter { !sorted[$0].number.isMultiple(of: 2) }
        even = sorted.indices.filter { sorted[$0].number.isMultiple(of: 2) }
    }

    /// The addresses of a house as it is written, or of the double house that includes it.
    func addresses(of house: HouseNumber) -> [Int] {
        let same = entries[range(of: house.number)]
        for key in [house.key, house.otherKey].compactMap({ $0 }) {
            let known = same.filter { $0.key == key }.map(\.address)
            if !known.isEmpty { return known }
        }
        return doubles[house.key]?.map { entries[$0].address } ?? []
    }

    /// The addresses of a house that the query writes with fewer or more parts: «52» for «52/60» and the reverse.
    ///
    /// «77/8 блок Б» matches 77/8 rather than 77; «52а» is a different house from «52».
    func addresses(relatedTo house: HouseNumber) -> [Int] {
        let known = addresses(relatedTo: house.key, house)
        return known.isEmpty ? house.otherKey.map { addresses(relatedTo: $0, house) } ?? [] : known
    }

    private func addresses(relatedTo key: String, _ house: HouseNumber) -> [Int] {
        let same = entries[range(of: house.number)]
        let fuller = same.filter { $0.key.hasPrefix(key + "/") || $0.key.hasPrefix(key + "к") }
        if !fuller.isEmpty { return fuller.map(\.address) }
        guard house.fraction != nil || key.contains("к") else { return [] }
        let within = same.filter { entry in
            key.hasPrefix(entry.key) && key.dropFirst(entry.key.count).first?.isNumber == false
        }
        let longest = within.map(\.key.count).max()
        return within.filter { $0.key.count == longest }.map(\.address)
    }

    // Errors in metres within which nine of ten held-out houses fall, found by leaving out each known house and checked by a
    // test (InterpolationTests). A house of the same number may be a whole block away.
    private static let besideSameNumber = 350.0
    private static let besideSameNumberOfArea = 500.0
    private static let besideRange = 150.0

    // The same for a house between two neighbours: the error where they touch, and its growth with the gap between them.
    private struct Reach {
        let least: Double
        let spread: Double

        static let onSide = Reach(least: 180, spread: 0.18)
        static let acrossStreet = Reach(least: 350, spread: 0.8)
        static let ofArea = Reach(least: 110, spread: 0.5)
    }

    /// Estimates the position from the neighbours' numbers; nil when no neighbour is close enough.
    func estimate(of house: HouseNumber) -> Estimate? {
        if let end = house.rangeEnd { return range(from: house.number, to: end) }
        // «52а» is next to «52».
        if let sameNumber = entries[range(of: house.number)].first {
            return Estimate(
                position: sameNumber.position,
                uncertainty: isStreet ? Self.besideSameNumber : Self.besideSameNumberOfArea
            )
        }
        if !isStreet { return between(Array(entries.indices), house.number, farthest: 4, .ofArea) }
        let side = house.number.isMultiple(of: 2) ? even : odd
        return between(side, house.number, farthest: .max, .onSide)
            ?? between(Array(entries.indices), house.number, farthest: .max, .acrossStreet)
            ?? beyond(side.isEmpty ? Array(entries.indices) : side, house.number)
    }

    private func range(from first: Int, to last: Int) -> Estimate? {
        let known = entries.filter { (first...last).contains($0.number) }
        guard let low = known.first, let high = known.last else { return nil }
        let half = Ruler(latitude: low.position.latitude).distance(from: low.position, to: high.position) / 2
        return Estimate(
            position: low.position.interpolated(to: high.position, share: 0.5),
            uncertainty: half + Self.besideRange
        )
    }

    private func between(_ places: [Int], _ number: Int, farthest: Int, _ reach: Reach) -> Estimate? {
        guard !places.isEmpty, let above = places.first(where: { entries[$0].number > number }),
            let below = places.last(where: { entries[$0].number < number })
        else { return nil }
        let (low, high) = (entries[below], entries[above])
        guard number - low.number <= farthest, high.number - number <= farthest else { return nil }
        let gap = Ruler(latitude: low.position.latitude).distance(from: low.position, to: high.position)
        // Numbers that jump across the town say nothing about what lies between them.
        guard gap < 5_000 else { return nil }
        let share = Double(number - low.number) / Double(high.number - low.number)
        return Estimate(
            position: low.position.interpolated(to: high.position, share: share),
            uncertainty: reach.least + reach.spread * gap
        )
    }

    // Beyond the last known house, up to the distance of a few house numbers.
    private func beyond(_ places: [Int], _ number: Int) -> Estimate? {
        guard let nearest = places.min(by: { abs(entries[$0].number - number) < abs(entries[$1].number - number) })
        else {
            return nil
        }
        let steps = abs(entries[nearest].number - number)
        guard steps <= 6 else { return nil }
        return Estimate(position: entries[nearest].position, uncertainty: 250 + 50 * Double(steps))
    }

    private func range(of number: Int) -> Range<Int> {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].number < number { low = middle + 1 } else { high = middle }
        }
        var end = low
        while end < entries.count, entries[end].number == number { end += 1 }
        return low..<end
    }
}
