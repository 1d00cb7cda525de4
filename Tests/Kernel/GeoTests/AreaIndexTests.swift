import TestSupport
import Testing

@testable import Geo

@Suite struct AreaIndexTests {
    @Test(arguments: 0..<24)
    func agreesWithEveryTriangleOfRandomCoverages(seed: Int) throws {
        let size = 3 + seed % 7
        let coverage = try RandomCoverage(
            seed: UInt64(seed),
            columns: size,
            rows: size + 1,
            codes: 2 + seed % 5,
            slivers: seed % 3 == 0
        )
        let partition = try AreaPartition(coverage.areas, allowsGaps: true)
        let index = try AreaIndex(partition, resolution: [1, 7, 64, 1024][seed % 4])
        for point in coverage.hardPoints(1500, seed: UInt64(seed) + 1000) {
            #expect(Int(index.code(at: point)) == coverage.expectedCode(at: point), "\(point)")
        }
    }

    @Test(arguments: 0..<6)
    func agreesWithPolygonsOneByOne(seed: Int) throws {
        let coverage = try RandomCoverage(
            seed: UInt64(seed) + 50,
            columns: 9,
            rows: 8,
            codes: 5,
            slivers: seed % 2 == 0
        )
        let index = try AreaIndex(AreaPartition(coverage.areas, allowsGaps: true))
        let points = coverage.hardPoints(800, seed: UInt64(seed))
        let expected = points.map { point in coverage.areas.firstIndex { $0.covers(point) } }
        #expect(index.areas(at: points) == expected)
        #expect(index.codes(at: points) == expected.map { UInt8(($0 ?? -1) + 1) })
    }

    @Test func sharedBordersGoToTheFirstArea() throws {
        let index = try AreaIndex(AreaPartition([.box(1, 0, 2, 1), .box(0, 0, 1, 1)]))
        #expect(index.area(at: Coordinate(longitude: 1, latitude: 0.5)) == 0)
        #expect(index.area(at: Coordinate(longitude: 1, latitude: 0)) == 0)
        #expect(index.area(at: Coordinate(longitude: 1.0.nextDown, latitude: 0.5)) == 1)
        #expect(index.area(at: Coordinate(longitude: 0, latitude: 0)) == 1)
        #expect(index.area(at: Coordinate(longitude: 2, latitude: 1)) == 0)
    }

    @Test func nothingIsFoundOutsideOrForNaN() throws {
        let index = try AreaIndex(AreaPartition([.box(0, 0, 1, 1)]))
        #expect(index.area(at: Coordinate(longitude: 1.0.nextUp, latitude: 0.5)) == nil)
        #expect(index.area(at: Coordinate(longitude: .nan, latitude: 0.5)) == nil)
        #expect(index.area(at: Coordinate(longitude: 0.5, latitude: .infinity)) == nil)
        #expect(index.nearestArea(to: Coordinate(longitude: .nan, latitude: 0)) == nil)
        #expect(index.distanceToBorder(from: Coordinate(longitude: .nan, latitude: 0)).isNaN)
    }

    @Test func anEnclaveIsNotThePartAroundIt() throws {
        let hole = [(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 2.0), (1.0, 1.0)]
            .map { Coordinate(longitude: $0.0, latitude: $0.1) }
        let host = MultiPolygon(try Polygon(exterior: MultiPolygon.box(0, 0, 3, 3).polygons[0].exterior, holes: [hole]))
        let index = try AreaIndex(AreaPartition([host, .box(1, 1, 2, 2)]))
        #expect(index.area(at: Coordinate(longitude: 1.5, latitude: 1.5)) == 1)
        #expect(index.area(at: Coordinate(longitude: 1, latitude: 1.5)) == 0)
        #expect(index.area(at: Coordinate(longitude: 0.5, latitude: 1.5)) == 0)
    }

    @Test func denseBordersReduceTheResolution() throws {
        // A comb of 150 teeth runs through far more cells than 16 bits can number.
        var points = [Coordinate(longitude: 0, latitude: -0.01), Coordinate(longitude: 1, latitude: -0.01)]
        for tooth in stride(from: 150, through: 0, by: -1) {
            points.append(Coordinate(longitude: Double(tooth) / 150, latitude: tooth % 2 == 0 ? 0 : 1))
        }
        let area = MultiPolygon(try Polygon(exterior: points + [points[0]]))
        let index = try AreaIndex(AreaPartition([area]))
        #expect(index.grid.resolution < 1024)
        var random = SplitMix64(seed: 5)
        for _ in 0..<500 {
            let point = random.coordinate(in: BoundingBox(west: 0, south: -0.02, east: 1, north: 1))
            #expect((index.area(at: point) != nil) == area.covers(point))
        }
    }

    @Test func tinyAreasNeedNoFineGrid() throws {
        let index = try AreaIndex(AreaPartition([.box(76.9, 43.2, 76.9 + 4e-11, 43.2 + 4e-11)]))
        #expect(index.area(at: Coordinate(longitude: 76.9 + 2e-11, latitude: 43.2 + 2e-11)) == 0)
    }

    @Test func distanceToBorderIsTheNearestEdge() throws {
        let coverage = try RandomCoverage(seed: 9, columns: 6, rows: 6, codes: 4, slivers: false)
        let index = try AreaIndex(AreaPartition(coverage.areas, allowsGaps: true))
        let ruler = Ruler(latitude: 43.25)
        for point in coverage.hardPoints(200, seed: 3) {
            let brute =
                index.partition.edges
                .map { ruler.nearest(to: point, onEdgeFrom: $0.start, to: $0.end).1 }.min() ?? .nan
            #expect(abs(index.distanceToBorder(from: point) - brute) <= 1e-6 * brute + 1e-6)
        }
    }

    @Test func nearestAreaIsFoundFromAnywhere() throws {
        let index = try AreaIndex(AreaPartition([.box(76, 43, 77, 44), .box(77, 43, 78, 44)]))
        let west = try #require(index.nearestArea(to: Coordinate(longitude: 75.9, latitude: 43.5)))
        #expect(west.index == 0)
        #expect(abs(west.metres - 8087.667) < 0.01)
        #expect(index.nearestArea(to: Coordinate(longitude: 77.5, latitude: 43.5))?.metres == 0)
        #expect(index.nearestArea(to: Coordinate(longitude: 77, latitude: 42.9))?.index == 0)
        let moscow = Coordinate(longitude: 37.62, latitude: 55.75)
        let far = try #require(index.nearestArea(to: moscow))
        #expect(far.index == 0)
        #expect(abs(far.metres - moscow.distance(to: Coordinate(longitude: 76, latitude: 44))) < 1)
    }
}

extension MultiPolygon {
    /// A rectangle in degrees.
    static func box(_ west: Double, _ south: Double, _ east: Double, _ north: Double) -> MultiPolygon {
        let corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
        do {
            return MultiPolygon(
                try Polygon(exterior: corners.map { Coordinate(longitude: $0.0, latitude: $0.1) })
            )
        } catch {
            preconditionFailure("a test rectangle is degenerate: \(error)")
        }
    }
}
