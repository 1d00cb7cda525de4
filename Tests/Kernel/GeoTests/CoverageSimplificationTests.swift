import TestSupport
import Testing

@testable import Geo

@Suite struct CoverageSimplificationTests {
    @Test(arguments: 0..<16)
    func theResultIsAgainACoverage(seed: Int) throws {
        let coverage = try RandomCoverage(
            seed: UInt64(seed) + 700,
            columns: 10,
            rows: 10,
            codes: 5,
            slivers: seed % 4 == 0
        )
        let partition = try AreaPartition(coverage.areas, allowsGaps: true)
        for tolerance in [10.0, 1000, 100_000] {
            let simple = partition.simplified(tolerance: tolerance)
            #expect(simple.count == coverage.areas.count)
            let again = try AreaPartition(simple, allowsGaps: true)
            #expect(again.edges.count <= partition.edges.count)
            for (old, new) in zip(coverage.areas, simple) {
                #expect(old.polygons.map(\.rings.count) == new.polygons.map(\.rings.count))
                #expect(new.polygons.flatMap(\.rings).allSatisfy { $0.coordinates.count >= 4 })
            }
        }
    }

    @Test func noVertexIsFartherThanTheTolerance() throws {
        let areas = try jaggedPair(teeth: 400)
        let partition = try AreaPartition(areas)
        let simple = try AreaPartition(partition.simplified(tolerance: 40))
        #expect(simple.edges.count < partition.edges.count / 3)
        let index = try AreaIndex(simple)
        for vertex in partition.edges.flatMap({ [$0.start, $0.end] }) {
            #expect(index.distanceToBorder(from: vertex) <= 40.001)
        }
    }

    @Test func nodesStayWhereTheyAre() throws {
        let areas = try jaggedPair(teeth: 50)
        let simple = try AreaPartition(areas).simplified(tolerance: 5000)
        let ends = [Coordinate(longitude: 76.9, latitude: 43.2), Coordinate(longitude: 76.9, latitude: 43.3)]
        for area in simple {
            for end in ends { #expect(area.polygons[0].exterior.contains(end)) }
        }
    }

    @Test func aDetachedIslandKeepsFourPoints() throws {
        let circle = (0..<40).map { step -> Coordinate in
            let angle = 2 * Double.pi * Double(step) / 40
            return Coordinate(longitude: 76.9 + 0.001 * cosine(angle), latitude: 43.2 + 0.001 * sine(angle))
        }
        let area = MultiPolygon(try Polygon(exterior: circle + [circle[0]]))
        let simple = try AreaPartition([area]).simplified(tolerance: 1e6)
        #expect(simple[0].polygons[0].exterior.count == 4)
        #expect(try AreaPartition([area]).simplified(tolerance: 0) == [area])
    }

    @Test func simplificationDoesNotCrossAnIslandInABay() throws {
        // Dropping the bay's bottom would put the island on the wrong side of the shore.
        let shore = [(0.0, 0.0), (4.0, 0.0), (4.0, 2.0), (2.2, 2.0), (2.0, 0.5), (1.8, 2.0), (0.0, 2.0), (0.0, 0.0)]
            .map { Coordinate(longitude: 76 + $0.0 / 100, latitude: 43 + $0.1 / 100) }
        let island = MultiPolygon.box(76.0199, 43.017, 76.0201, 43.019)
        let areas = [MultiPolygon(try Polygon(exterior: shore)), island]
        let simple = try AreaPartition(areas).simplified(tolerance: 1e5)
        let index = try AreaIndex(AreaPartition(simple))
        #expect(index.area(at: Coordinate(longitude: 76.02, latitude: 43.018)) == 1)
    }

    @Test func theEdgeBetweenPartsOfOneAreaKeepsTheirCorners() throws {
        let left = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]
        let right = [(1.0, 0.0), (2.0, 0.0), (2.0, 1.0), (1.0, 1.0), (1.0, 0.0)]
        let polygons = try [left, right].map { points in
            try Polygon(exterior: points.map { Coordinate(longitude: $0.0, latitude: $0.1) })
        }
        let area = try MultiPolygon(polygons)
        let simple = try AreaPartition([area]).simplified(tolerance: 1)
        #expect(abs(simple[0].area - area.area) < 1)
    }

    /// Two areas with a jagged common border between two nodes.
    private func jaggedPair(teeth: Int) throws -> [MultiPolygon] {
        var random = SplitMix64(seed: 17)
        let border = (0...teeth).map { step in
            let isEnd = step == 0 || step == teeth
            return Coordinate(
                longitude: 76.9 + (isEnd ? 0 : random.double(-0.0003, 0.0003)),
                latitude: 43.2 + 0.1 * Double(step) / Double(teeth)
            )
        }
        func corner(_ longitude: Double, _ latitude: Double) -> Coordinate {
            Coordinate(longitude: longitude, latitude: latitude)
        }
        let north = Coordinate(longitude: 76.9, latitude: 43.3)
        let straight = Array(border.dropLast()) + [north]
        let west = straight + [corner(76.8, 43.3), corner(76.8, 43.2), straight[0]]
        let east = Array(straight.reversed()) + [corner(77, 43.2), corner(77, 43.3), north]
        return [MultiPolygon(try Polygon(exterior: west)), MultiPolygon(try Polygon(exterior: east))]
    }
}
