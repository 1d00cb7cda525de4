import Gazetteer
import Geo

/// Projects known houses onto the lines of their streets and finds the run of numbers on each side.
struct HouseRangeFinder {
    /// A house farther from its street's line than this says nothing about it, metres.
    private static let reach = 160.0

    let derivation: StreetDerivation

    func ranges(of parts: [GapLabel: [StreetPart]], addresses: [Address]) -> [DerivedStreets.HouseRange] {
        let byStreet = Dictionary(grouping: addresses.filter { $0.street != nil }) { $0.street }
        var ranges: [DerivedStreets.HouseRange] = []
        for (index, street) in derivation.facts.streets.enumerated() {
            guard let houses = byStreet[street.id], let parts = parts[.street(index)] else { continue }
            let known = houses.compactMap { house in
                Int(house.house.prefix { $0.isNumber }).map {
                    (number: $0, place: derivation.plane.point(house.position))
                }
            }
            var own: [DerivedStreets.HouseRange] = []
            for (number, part) in parts.enumerated() {
                let near = known.compactMap { house -> ProjectedHouse? in
                    let feet = parts.map { $0.line.foot(of: house.place)?.distance ?? .infinity }
                    guard feet[number] == feet.min(), let foot = part.line.foot(of: house.place) else { return nil }
                    return foot.distance <= Self.reach ? ProjectedHouse(number: house.number, foot: foot) : nil
                }
                own += self.ranges(street, part, near, after: own.count)
            }
            ranges += own
        }
        return ranges.sorted { $0.id < $1.id }
    }

    struct ProjectedHouse {
        let number: Int
        let foot: PlaneLine.Foot
    }

    private func ranges(
        _ street: Street,
        _ part: StreetPart,
        _ houses: [ProjectedHouse],
        after count: Int
    ) -> [DerivedStreets.HouseRange] {
        let left = run(of: houses.filter { $0.foot.side > 0 })
        let right = run(of: houses.filter { $0.foot.side <= 0 })
        var sides: [(DerivedStreets.HouseRange.Side, NumberRun)] = []
        if left.parity == .mixed, right.parity == .mixed {
            sides = [(.both, run(of: houses))]
        } else {
            sides = [(.left, left), (.right, right)]
        }
        let useful = sides.filter { $0.1.houses.count >= 2 && $0.1.first != $0.1.last }
        return useful.enumerated().map { number, entry in
            let (side, run) = entry
            return DerivedStreets.HouseRange(
                id: "range-\(street.id)-\(count + number + 1)",
                street: street.id,
                side: side,
                parity: run.parity,
                first: run.first,
                last: run.last,
                houses: run.houses.count,
                start: derivation.plane.coordinate(run.houses[0].foot.point),
                end: derivation.plane.coordinate(run.houses[run.houses.count - 1].foot.point),
                precision: run.precision.rounded(),
                confidence: run.houses.count >= 5 && run.parity != .mixed
                    ? .high : run.houses.count >= 3 ? .medium : .low
            )
        }
    }

    private func run(of houses: [ProjectedHouse]) -> NumberRun { NumberRun(houses) }
}

/// The longest run of house numbers that never fall, or never rise, along a line.
struct NumberRun {
    let houses: [HouseRangeFinder.ProjectedHouse]
    let parity: DerivedStreets.HouseRange.Parity

    var first: Int { houses.first?.number ?? 0 }
    var last: Int { houses.last?.number ?? 0 }

    init(_ all: [HouseRangeFinder.ProjectedHouse]) {
        let odd = all.count { $0.number % 2 == 1 }
        // Most houses of a side have the same parity; the few others stand in yards or are misplaced.
        if odd * 5 >= all.count * 4 {
            parity = .odd
        } else if odd * 5 <= all.count {
            parity = .even
        } else {
            parity = .mixed
        }
        let wanted = parity
        let fitting = all.filter { wanted == .mixed || ($0.number % 2 == 1) == (wanted == .odd) }
            .sorted { ($0.foot.along, $0.number) < ($1.foot.along, $1.number) }
        let rising = Self.longest(fitting) { $0 <= $1 }
        let falling = Self.longest(fitting) { $0 >= $1 }
        houses = rising.count >= falling.count ? rising : falling
    }

    private static func longest(
        _ houses: [HouseRangeFinder.ProjectedHouse],
        _ inOrder: (Int, Int) -> Bool
    ) -> [HouseRangeFinder.ProjectedHouse] {
        // Among runs with the same number of houses, prefer the one whose numbers change least.
        var runs = houses.map { _ in (length: 1, change: 0, before: Int?.none) }
        for index in houses.indices {
            for earlier in 0..<index where inOrder(houses[earlier].number, houses[index].number) {
                let change = runs[earlier].change + abs(houses[index].number - houses[earlier].number)
                if (runs[earlier].length + 1, -change) > (runs[index].length, -runs[index].change) {
                    runs[index] = (runs[earlier].length + 1, change, earlier)
                }
            }
        }
        let best = runs.indices.max { (runs[$0].length, -runs[$0].change) < (runs[$1].length, -runs[$1].change) }
        guard var index = best else { return [] }
        var run = [houses[index]]
        while let earlier = runs[index].before {
            run.append(houses[earlier])
            index = earlier
        }
        return run.reversed()
    }

    /// How accurately a house is located from its two neighbours: the median error when each is left out in turn,
    /// metres.
    var precision: Double {
        var errors: [Double] = []
        for index in houses.indices.dropFirst().dropLast() {
            let (a, b, c) = (houses[index - 1], houses[index], houses[index + 1])
            let span = Double(c.number - a.number)
            let share = span == 0 ? 0.5 : Double(b.number - a.number) / span
            errors.append(abs(a.foot.along + (c.foot.along - a.foot.along) * share - b.foot.along))
        }
        guard !errors.isEmpty else {
            return max(20, ((houses.last?.foot.along ?? 0) - (houses.first?.foot.along ?? 0)) / 4)
        }
        return max(10, errors.sorted()[errors.count / 2])
    }
}
