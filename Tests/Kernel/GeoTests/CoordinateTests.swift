import TestSupport
import Testing

@testable import Geo

@Suite struct CoordinateTests {
    @Test func refusesImpossibleCoordinates() {
        #expect(throws: GeoError.longitudeOutOfRange(180.5)) {
            try Coordinate(validatingLongitude: 180.5, latitude: 0)
        }
        #expect(throws: GeoError.latitudeOutOfRange(-90.1)) {
            try Coordinate(validatingLongitude: 0, latitude: -90.1)
        }
        #expect(throws: GeoError.notFinite(longitude: .infinity, latitude: 1)) {
            try Coordinate(validatingLongitude: .infinity, latitude: 1)
        }
        #expect(throws: GeoError.self) { try Coordinate(validatingLongitude: 0, latitude: .nan) }
        #expect(throws: Never.self) { try Coordinate(validatingLongitude: -180, latitude: 90) }
    }

    @Test func recognisesSwappedNumbers() {
        #expect(Coordinate(longitude: 43.25, latitude: 76.9).looksSwapped(for: .almaty))
        #expect(!Coordinate(longitude: 76.9, latitude: 43.25).looksSwapped(for: .almaty))
        #expect(!Coordinate(longitude: 10, latitude: 20).looksSwapped(for: .almaty))
        #expect(!Coordinate(longitude: .nan, latitude: 76.9).looksSwapped(for: .almaty))
    }
}

@Suite struct BoundingBoxTests {
    private let unit = BoundingBox(west: 0, south: 0, east: 1, north: 1)

    @Test func isClosed() {
        #expect(unit.contains(Coordinate(longitude: 1, latitude: 0)))
        #expect(!unit.contains(Coordinate(longitude: 1.0.nextUp, latitude: 0)))
        #expect(unit.intersects(BoundingBox(west: 1, south: 1, east: 2, north: 2)))
        #expect(!unit.intersects(BoundingBox(west: 1.1, south: 0, east: 2, north: 1)))
    }

    @Test func unitesAndCentres() {
        let both = unit.union(BoundingBox(west: -3, south: 0.5, east: 0, north: 4))
        #expect(both == BoundingBox(west: -3, south: 0, east: 1, north: 4))
        #expect(both.center == Coordinate(longitude: -1, latitude: 2))
        #expect(BoundingBox(around: []) == nil)
    }

    @Test func refusesInvertedSides() {
        #expect(throws: GeoError.invertedBox(west: 2, south: 0, east: 1, north: 1)) {
            try BoundingBox(validatingWest: 2, south: 0, east: 1, north: 1)
        }
    }

    @Test(arguments: [0.0, 43.25, 80, -89.9])
    func growsToHoldEverythingWithinADistance(latitude: Double) {
        var random = SplitMix64(seed: 1)
        for _ in 0..<2000 {
            let here = Coordinate(longitude: random.double(-179, 179), latitude: latitude)
            let reach = random.double(0, 2)
            let there = Coordinate(
                longitude: max(-180, min(180, here.longitude + random.double(-reach, reach))),
                latitude: max(-90, min(90, latitude + random.double(-reach, reach)))
            )
            #expect(BoundingBox(here).expanded(byMetres: here.distance(to: there)).contains(there))
        }
        #expect(BoundingBox(Coordinate(longitude: 0, latitude: 89.99)).expanded(byMetres: 5000).width == 360)
    }
}
