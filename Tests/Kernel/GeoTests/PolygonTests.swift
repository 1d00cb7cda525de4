import TestSupport
import Testing

@testable import Geo

@Suite struct PolygonTests {
    private func ring(_ points: [(Double, Double)]) -> [Coordinate] {
        points.map { Coordinate(longitude: $0.0, latitude: $0.1) }
    }

    @Test func refusesInvalidRings() {
        #expect(throws: GeoError.ringTooShort(points: 3)) { try Ring(ring([(0, 0), (1, 0), (0, 0)])) }
        #expect(throws: GeoError.ringTooShort(points: 0)) { try Ring([]) }
        let (first, last) = (Coordinate(longitude: 0, latitude: 0), Coordinate(longitude: 0, latitude: 1))
        #expect(throws: GeoError.ringNotClosed(first: first, last: last)) {
            try Ring(ring([(0, 0), (1, 0), (1, 1), (0, 1)]))
        }
        #expect(throws: GeoError.ringWithoutInterior(first: first)) {
            try Ring(ring([(0, 0), (1, 1), (2, 2), (0, 0)]))
        }
        #expect(throws: GeoError.self) { try Ring(ring([(0, 0), (1, .nan), (1, 1), (0, 0)])) }
        #expect(throws: GeoError.latitudeOutOfRange(100)) { try Ring(ring([(0, 0), (1, 100), (1, 1), (0, 0)])) }
        #expect(throws: GeoError.empty) { try MultiPolygon([]) }
    }

    @Test func storesRingsInTheDirectionOfRFC7946() throws {
        let clockwise = ring([(0, 0), (0, 3), (3, 3), (3, 0), (0, 0)])
        let hole = ring([(1, 1), (2, 1), (2, 2), (1, 2), (1, 1)])
        let polygon = try Polygon(exterior: clockwise, holes: [hole])
        #expect(polygon.exterior == clockwise.reversed())
        #expect(polygon.holes == [hole.reversed()])
    }

    @Test func directionSurvivesSpikesAndRepeatedPoints() throws {
        #expect(try Ring(ring([(0, 0), (0, 0), (2, 0), (2, 0), (2, 2), (0, 0)])).isCounterClockwise)
        #expect(try Ring(ring([(1, 1), (-1, 1), (1, 1), (3, 1), (2, 3), (1, 1)])).isCounterClockwise)
    }

    @Test func coversItsBoundaryButNotItsHoles() throws {
        let polygon = try Polygon(
            exterior: ring([(0, 0), (3, 0), (3, 3), (0, 3), (0, 0)]),
            holes: [ring([(1, 1), (2, 1), (2, 2), (1, 2), (1, 1)])]
        )
        #expect(polygon.covers(Coordinate(longitude: 0, latitude: 0)))
        #expect(polygon.covers(Coordinate(longitude: 1, latitude: 1.5)))
        #expect(polygon.covers(Coordinate(longitude: 2.5, latitude: 3)))
        #expect(!polygon.covers(Coordinate(longitude: 1.5, latitude: 1.5)))
        #expect(!polygon.covers(Coordinate(longitude: 1.0.nextUp, latitude: 1.0.nextUp)))
        #expect(!polygon.covers(Coordinate(longitude: .nan, latitude: 1)))
    }

    /// Containment by winding number, with every orientation from wide integers: shares nothing with the code under
    /// test.
    private func windingCovers(_ points: [Coordinate], _ p: Coordinate) -> Bool {
        var winding = 0
        for (a, b) in zip(points, points.dropFirst()) {
            let side = WideAccumulator.orientation(
                a.longitude,
                a.latitude,
                b.longitude,
                b.latitude,
                p.longitude,
                p.latitude
            )
            if side == 0, BoundingBox.spanned(by: a, b).contains(p) { return true }
            if a.latitude <= p.latitude, b.latitude > p.latitude, side > 0 { winding += 1 }
            if a.latitude > p.latitude, b.latitude <= p.latitude, side < 0 { winding -= 1 }
        }
        return winding != 0
    }

    @Test(arguments: 0..<12)
    func agreesWithTheWindingNumber(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        // Star-shaped rings on a coarse lattice: many exact alignments.
        let count = 5 + seed * 3
        let spokes = (0..<count).map { index -> (Double, Double) in
            let angle = 2 * Double.pi * Double(index) / Double(count)
            let reach = random.double(3, 12)
            return ((reach * cosine(angle)).rounded() / 8, (reach * sine(angle)).rounded() / 8)
        }
        guard let exterior = try? Ring(ring(spokes + [spokes[0]])) else { return }
        let polygon = Polygon(exterior: exterior)
        for x in -24...24 {
            for y in -24...24 {
                let p = Coordinate(longitude: Double(x) / 16, latitude: Double(y) / 16)
                #expect(polygon.covers(p) == windingCovers(exterior.coordinates, p), "\(p)")
            }
        }
    }

    @Test func areaMatchesGeographicLib() throws {
        // pyproj.Geod over the same rings with each side split in 20,000, since its sides are geodesics.
        let box = try Polygon(
            exterior: ring([(76.74, 43.12), (77.1, 43.12), (77.1, 43.38), (76.74, 43.38), (76.74, 43.12)])
        )
        #expect(abs(box.area - 844_476_469.780_97) < 1)
        let triangle = try Polygon(exterior: ring([(76.9, 43.2), (76.95, 43.21), (76.93, 43.25), (76.9, 43.2)]))
        #expect(abs(triangle.area - 9_929_228.728_13) < 0.01)
        let globe = try Polygon(exterior: ring([(-180, -90), (180, -90), (180, 90), (-180, 90), (-180, -90)]))
        #expect(abs(globe.area / 510_065_621_724_088 - 1) < 1e-9)
    }

    @Test func areaDeductsHolesAndAddsParts() throws {
        let outer = ring([(0, 0), (3, 0), (3, 3), (0, 3), (0, 0)])
        let inner = ring([(1, 1), (2, 1), (2, 2), (1, 2), (1, 1)])
        let (full, hole) = (try Polygon(exterior: outer), try Polygon(exterior: inner))
        let pierced = try Polygon(exterior: outer, holes: [inner])
        #expect(abs(pierced.area + hole.area - full.area) < 1)
        #expect(abs(try MultiPolygon([pierced, hole]).area - full.area) < 1)
    }

    @Test func centroidIsThePlanarOne() throws {
        let shape = try Polygon(exterior: ring([(10, 10), (14, 10), (14, 12), (10, 12), (10, 10)]))
        #expect(abs(shape.centroid.longitude - 12) < 1e-12)
        #expect(abs(shape.centroid.latitude - 11) < 1e-12)
    }

    @Test(arguments: 0..<10)
    func pointOnSurfaceIsInside(seed: Int) throws {
        let coverage = try RandomCoverage(seed: UInt64(seed), columns: 7, rows: 7, codes: 4, slivers: false)
        for area in coverage.areas {
            #expect(area.covers(area.pointOnSurface))
            for polygon in area.polygons { #expect(polygon.locate(polygon.pointOnSurface) == .inside) }
        }
    }

    @Test func pointOnSurfaceOfAHorseshoeIsNotItsCentroid() throws {
        let shape = try Polygon(
            exterior: ring([(0, 0), (5, 0), (5, 5), (4, 5), (4, 1), (1, 1), (1, 5), (0, 5), (0, 0)])
        )
        #expect(!shape.covers(shape.centroid))
        #expect(shape.locate(shape.pointOnSurface) == .inside)
    }
}
