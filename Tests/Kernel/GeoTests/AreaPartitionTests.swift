import Testing

@testable import Geo

@Suite struct AreaPartitionTests {
    private func fault(_ areas: [MultiPolygon]) -> CoverageFault? {
        do {
            _ = try AreaPartition(areas)
            return nil
        } catch GeoError.notACoverage(let fault) {
            return fault
        } catch {
            Issue.record("unexpected \(error)")
            return nil
        }
    }

    private func polygon(_ points: [(Double, Double)]) throws -> MultiPolygon {
        MultiPolygon(
            try Polygon(exterior: (points + [points[0]]).map { Coordinate(longitude: $0.0, latitude: $0.1) })
        )
    }

    @Test func sharedEdgesAreStoredOnceWithBothCodes() throws {
        let partition = try AreaPartition([.box(0, 0, 1, 1), .box(1, 0, 2, 1)])
        #expect(partition.edges.count == 7)
        let shared = partition.edges.filter { $0.left > 0 && $0.right > 0 }
        #expect(shared.count == 1)
        #expect(shared.first?.left == 1)
        #expect(shared.first?.right == 2)
        #expect(shared.first?.areas == [0, 1])
    }

    @Test func overlapsAreRefused() throws {
        #expect(fault([.box(0, 0, 1, 1), .box(0, 0, 1, 1)]) != nil)
        guard case .crossing(_, _, let areas) = fault([.box(0, 0, 2, 2), .box(1, 1, 3, 3)]) else {
            Issue.record("crossing not seen")
            return
        }
        #expect(areas == [0, 1])
        guard case .overlap(_, let nested) = fault([.box(0, 0, 3, 3), .box(1, 1, 2, 2)]) else {
            Issue.record("nesting not seen")
            return
        }
        #expect(nested == [0, 1])
        #expect(fault([.box(1, 1, 2, 2), .box(0, 0, 3, 3)]) != nil)
    }

    @Test func anOverlapThroughVerticesOnlyIsRefused() throws {
        // Two squares, one turned, whose corners are vertices of both: edges never cross inside.
        let first = try polygon([(0, 0), (2, 0), (2, 2), (0, 2)])
        let second = try polygon([(0, 0), (2, 0), (1, 1)])
        guard case .duplicateEdge(_, _, let areas) = fault([first, second]) else {
            Issue.record("duplicate edge not seen")
            return
        }
        #expect(areas == [0, 1])
        let third = try polygon([(0, 0), (1, 0.5), (2, 2), (0.5, 1)])
        guard case .overlap = fault([first, third]) else {
            Issue.record("overlap at a vertex not seen")
            return
        }
    }

    @Test func aVertexInsideANeighboursEdgeIsRefused() throws {
        guard case .tJunction(let vertex, _, let areas) = fault([.box(0, 0, 1, 2), .box(1, 0, 2, 1), .box(1, 1, 2, 2)])
        else {
            Issue.record("T-junction not seen")
            return
        }
        #expect(vertex == Coordinate(longitude: 1, latitude: 1))
        #expect(areas.contains(0))
    }

    @Test func aGapBetweenAreasIsRefusedUnlessAllowed() throws {
        let left = try polygon([(0, 0), (1, 0), (1 - 1e-9, 0.5), (1, 1), (0, 1)])
        let areas = [left, MultiPolygon.box(1, 0, 2, 1)]
        guard case .gap(_, let beside, let size) = fault(areas) else {
            Issue.record("gap not seen")
            return
        }
        #expect(beside == [0, 1])
        #expect(size > 0 && size < 20)
        let index = try AreaIndex(AreaPartition(areas, allowsGaps: true))
        #expect(index.area(at: Coordinate(longitude: 1 - 1e-10, latitude: 0.5)) == nil)
    }

    @Test func aHoleOfOneAreaIsNotAGap() throws {
        let ring = MultiPolygon.box(1, 1, 2, 2).polygons[0].exterior
        let outer = MultiPolygon.box(0, 0, 3, 3).polygons[0].exterior
        let partition = try AreaPartition([MultiPolygon(try Polygon(exterior: outer, holes: [ring]))])
        #expect(try AreaIndex(partition).area(at: Coordinate(longitude: 1.5, latitude: 1.5)) == nil)
    }

    @Test func selfCrossingRingsAreRefused() throws {
        let bow = try Ring(
            [(0, 0), (2, 2), (2, 0), (0, 1), (0, 0)].map { Coordinate(longitude: $0.0, latitude: $0.1) }
        )
        #expect(fault([MultiPolygon(Polygon(exterior: bow))]) != nil)
    }

    @Test func countsAreLimited() {
        #expect(throws: GeoError.empty) { try AreaPartition([]) }
        let many = (0..<256).map { MultiPolygon.box(Double($0) / 2, 0, Double($0) / 2 + 0.25, 1) }
        #expect(throws: GeoError.tooManyAreas(256)) { try AreaPartition(many) }
        #expect(throws: Never.self) { try AreaIndex(AreaPartition(Array(many.dropLast())), resolution: 64) }
    }

    @Test func partsOfOneAreaMayShareAnEdge() throws {
        let parts = try MultiPolygon([
            MultiPolygon.box(0, 0, 1, 1).polygons[0], MultiPolygon.box(1, 0, 2, 1).polygons[0],
        ])
        let partition = try AreaPartition([parts])
        #expect(partition.edges.count == 6)
        #expect(try AreaIndex(partition).area(at: Coordinate(longitude: 1, latitude: 0.5)) == 0)
    }
}
