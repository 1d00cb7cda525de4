import Testing

@testable import Geo

@Suite struct MultiLineTests {
    private func points(_ pairs: [(Double, Double)]) -> [Coordinate] {
        pairs.map { Coordinate(longitude: $0.0, latitude: $0.1) }
    }

    @Test func theBoxHoldsAllParts() throws {
        let line = try MultiLine([points([(0, 1), (2, 3)]), points([(-1, 2), (1, 5), (1, 2)])])
        #expect(line.lines.count == 2)
        #expect(line.bounds == BoundingBox(west: -1, south: 1, east: 2, north: 5))
    }

    @Test func refusesInvalidLines() {
        #expect(throws: GeoError.empty) { try MultiLine([]) }
        #expect(throws: GeoError.lineTooShort(points: 0)) { try MultiLine([[]]) }
        #expect(throws: GeoError.lineTooShort(points: 1)) {
            try MultiLine([points([(0, 0), (1, 1)]), points([(2, 2)])])
        }
        #expect(throws: GeoError.lineWithoutLength(at: Coordinate(longitude: 1, latitude: 1))) {
            try MultiLine([points([(1, 1), (1, 1)])])
        }
        #expect(throws: GeoError.latitudeOutOfRange(91)) { try MultiLine([points([(1, 1), (1, 91)])]) }
    }

    @Test("A line touches a box it enters, crosses, ends in or grazes, and no other")
    func touches() throws {
        let box = BoundingBox(west: 0, south: 0, east: 2, north: 1)
        #expect(try MultiLine([points([(0.5, 0.5), (0.6, 0.6)])]).touches(box))
        #expect(try MultiLine([points([(-1, 0.5), (3, 0.5)])]).touches(box))
        #expect(try MultiLine([points([(-1, 1), (1, -1)])]).touches(box))
        #expect(try MultiLine([points([(5, 5), (6, 6)]), points([(1, 2), (1, 1)])]).touches(box))
        #expect(try !MultiLine([points([(-1, 0.5), (0.5, -1)])]).touches(box))
        #expect(try !MultiLine([points([(3, 0), (3, 1)])]).touches(box))
    }
}
