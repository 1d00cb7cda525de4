import TestSupport
import Testing

@testable import Geo

@Suite struct PointIndexTests {
    enum Layout: CaseIterable {
        case uniform, clustered, collinear, meridian, duplicates, oneOutlier, worldwide
    }

    private func points(_ layout: Layout, _ count: Int, _ random: inout SplitMix64) -> [Coordinate] {
        let centres = (0..<4).map { _ in random.coordinate(in: .almaty) }
        return (0..<count).map { index in
            switch layout {
            case .uniform: return random.coordinate(in: .almaty)
            case .clustered:
                let centre = random.element(of: centres)
                let spread = random.double(0, 0.003) * random.double(0, 1)
                return Coordinate(
                    longitude: centre.longitude + random.double(-spread, spread),
                    latitude: centre.latitude + random.double(-spread, spread)
                )
            case .collinear:
                let share = random.double(0, 1)
                return Coordinate(longitude: 76.8 + share * 0.2, latitude: 43.2 + share * 0.1)
            case .meridian: return Coordinate(longitude: 76.9, latitude: random.double(43.1, 43.4))
            case .duplicates: return centres[index % 4]
            case .oneOutlier:
                return index == 0 ? Coordinate(longitude: -60, latitude: -40) : random.coordinate(in: .almaty)
            case .worldwide:
                return random.coordinate(in: BoundingBox(west: -180, south: -90, east: 180, north: 90))
            }
        }
    }

    /// All accepted points, ranked by the index's own distance measure in an exhaustive search.
    private func ranked(
        _ points: [Coordinate],
        from place: Coordinate,
        accepted: (Int) -> Bool
    ) -> [(index: Int, distance: Double)] {
        points.indices.filter(accepted).map { ($0, place.distance(to: points[$0])) }
            .sorted { ($0.distance, $0.index) < ($1.distance, $1.index) }
    }

    /// Compares results within the accuracy of the measure: distances must match rank by rank and be those of the
    /// points.
    private func expectSame(
        _ found: [Neighbour],
        _ expected: ArraySlice<(index: Int, distance: Double)>,
        _ points: [Coordinate],
        from place: Coordinate,
        accepted: (Int) -> Bool
    ) {
        #expect(found.count == expected.count)
        #expect(Set(found.map(\.index)).count == found.count)
        for (answer, wanted) in zip(found, expected) {
            let tolerance = 1e-4 + 5e-8 * wanted.distance
            #expect(abs(answer.distance - wanted.distance) <= tolerance)
            #expect(abs(answer.distance - place.distance(to: points[answer.index])) <= tolerance)
            #expect(accepted(answer.index))
        }
        for (a, b) in zip(found, found.dropFirst()) {
            #expect(a.distance < b.distance || (a.distance == b.distance && a.index < b.index))
        }
    }

    @Test(arguments: Layout.allCases, [1, 2, 40, 3000])
    func agreesWithAScan(layout: Layout, count: Int) throws {
        var random = SplitMix64(seed: UInt64(count) &* 31 &+ UInt64(Layout.allCases.firstIndex(of: layout) ?? 0))
        let points = points(layout, count, &random)
        let shares = [0.9, 0.5, 0.1, 0.02, 0.001, 0]
        let masks = points.indices.map { _ -> UInt64 in
            var mask: UInt64 = 0
            for (bit, share) in shares.enumerated() where random.double(0, 1) < share { mask |= 1 << UInt64(bit) }
            return mask
        }
        let index = try PointIndex(points, masks: masks)
        for trial in 0..<24 {
            let place: Coordinate =
                switch trial % 4 {
                case 0: random.coordinate(in: .almaty)
                case 1: random.element(of: points)
                case 2: random.coordinate(in: BoundingBox(west: 75, south: 42, east: 79, north: 45))
                default: random.coordinate(in: BoundingBox(west: -180, south: -90, east: 180, north: 90))
                }
            let mask: UInt64 = [0, 0, 1, 2, 4, 8, 16, 32, 6][trial % 9]
            let k = [1, 10, 48, 49, 1000][trial % 5]
            let stride = trial % 3 == 0 ? 3 : 1
            func accepted(_ i: Int) -> Bool { masks[i] & mask == mask && i % stride == 0 }
            let all = ranked(points, from: place, accepted: accepted)
            let found = index.nearest(
                to: place,
                count: k,
                requiring: mask,
                where: stride == 1 ? nil : { $0 % stride == 0 }
            )
            expectSame(found, all.prefix(k), points, from: place, accepted: accepted)
            // A limit halfway between two ranks, so that rounding cannot move a point across it.
            guard all.count > 2, all[1].distance - all[0].distance > 1 else { continue }
            let limit = (all[0].distance + all[1].distance) / 2
            let near = index.nearest(to: place, count: k, within: limit, requiring: mask) { $0 % stride == 0 }
            expectSame(near, all.prefix(1), points, from: place, accepted: accepted)
        }
    }

    @Test func equalDistancesComeInInputOrder() throws {
        let here = Coordinate(longitude: 76.9, latitude: 43.2)
        let index = try PointIndex(Array(repeating: here, count: 200), masks: Array(repeating: 0, count: 200))
        #expect(index.nearest(to: here, count: 7).map(\.index) == Array(0..<7))
        #expect(index.nearest(to: here, count: 120).map(\.index) == Array(0..<120))
        #expect(index.nearest(to: Coordinate(longitude: 10, latitude: 10), count: 3).map(\.index) == [0, 1, 2])
    }

    @Test func aStragglerDoesNotPutTheCityIntoOneCell() throws {
        var random = SplitMix64(seed: 6)
        let city = (0..<5000).map { _ in random.coordinate(in: .almaty) }
        let index = try PointIndex(
            city + [Coordinate(longitude: 0, latitude: 0)],
            masks: Array(repeating: 0, count: 5001)
        )
        #expect(index.grid.layout.cellCount > 1000)
        #expect(index.nearest(to: Coordinate(longitude: 1, latitude: 1), count: 1).map(\.index) == [5000])
    }

    @Test func hopelessQueriesFindNothing() throws {
        let empty = try PointIndex([], masks: [])
        #expect(empty.nearest(to: Coordinate(longitude: 76.9, latitude: 43.2), count: 5).isEmpty)
        #expect(empty.search(.almaty).isEmpty)
        let one = try PointIndex([Coordinate(longitude: 76.9, latitude: 43.2)], masks: [1])
        #expect(one.nearest(to: Coordinate(longitude: .nan, latitude: 43.2), count: 5).isEmpty)
        #expect(one.nearest(to: Coordinate(longitude: 76.9, latitude: 43.2), count: 0).isEmpty)
        #expect(one.nearest(to: Coordinate(longitude: 76.9, latitude: 43.2), count: 5, within: -1).isEmpty)
        #expect(one.nearest(to: Coordinate(longitude: 76.9, latitude: 43.2), count: 5, within: 0).map(\.index) == [0])
        #expect(one.nearest(to: Coordinate(longitude: 76.9, latitude: 43.2), count: 5, requiring: 2).isEmpty)
        #expect(one.nearest(to: Coordinate(longitude: 76.9, latitude: 43.2), count: 5) { _ in false }.isEmpty)
    }

    @Test func badInputIsRefused() {
        let point = Coordinate(longitude: 76.9, latitude: 43.2)
        #expect(throws: GeoError.countMismatch(expected: 1, actual: 2)) { try PointIndex([point], masks: [1, 2]) }
        #expect(throws: GeoError.latitudeOutOfRange(176)) {
            try PointIndex([Coordinate(longitude: 43, latitude: 176)], masks: [0])
        }
    }

    @Test(arguments: Layout.allCases)
    func boxSearchAgreesWithAScan(layout: Layout) throws {
        var random = SplitMix64(seed: 77)
        let points = points(layout, 2000, &random)
        let masks = points.indices.map { UInt64($0 % 16) }
        let index = try PointIndex(points, masks: masks)
        for trial in 0..<40 {
            let (a, b) = (random.element(of: points), random.coordinate(in: .almaty))
            let box = BoundingBox.spanned(by: a, b)
            let mask: UInt64 = trial % 2 == 0 ? 0 : 5
            let expected = points.indices.filter { box.contains(points[$0]) && masks[$0] & mask == mask }
            #expect(index.search(box, requiring: mask) == expected)
        }
    }
}
