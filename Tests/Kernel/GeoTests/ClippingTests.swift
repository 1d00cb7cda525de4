import TestSupport
import Testing

@testable import Geo

@Suite struct ClippingTests {
    private let box = BoundingBox(west: 0, south: 0, east: 4, north: 4)

    private func line(_ points: [(Double, Double)]) -> [Coordinate] {
        points.map { Coordinate(longitude: $0.0, latitude: $0.1) }
    }

    private func planarArea(_ polygons: [Polygon]) -> Double {
        var twice = 0.0
        for ring in polygons.flatMap(\.rings) {
            for (a, b) in zip(ring.coordinates, ring.coordinates.dropFirst()) {
                twice += a.longitude * b.latitude - b.longitude * a.latitude
            }
        }
        return twice / 2
    }

    private func length(_ path: [Coordinate]) -> Double {
        var sum = 0.0
        for (a, b) in zip(path, path.dropFirst()) {
            let (dx, dy) = (b.longitude - a.longitude, b.latitude - a.latitude)
            sum += (dx * dx + dy * dy).squareRoot()
        }
        return sum
    }

    private func point(at share: Double, from a: Coordinate, to b: Coordinate) -> Coordinate {
        Coordinate(
            longitude: a.longitude + share * (b.longitude - a.longitude),
            latitude: a.latitude + share * (b.latitude - a.latitude)
        )
    }

    @Test func pointsAreFiltered() {
        let points = line([(1, 1), (4, 4), (5, 1), (.nan, 1)])
        #expect(box.clip(points: points) == Array(points.prefix(2)))
    }

    @Test func aLineLeavingAndReturningBecomesParts() {
        let parts = box.clip(line: line([(1, 1), (6, 1), (6, 3), (1, 3), (1, 2)]))
        #expect(parts == [line([(1, 1), (4, 1)]), line([(4, 3), (1, 3), (1, 2)])])
        #expect(box.clip(line: line([(-1, 2), (5, 2)])) == [line([(0, 2), (4, 2)])])
        #expect(box.clip(line: line([(5, 0), (6, 9)])).isEmpty)
        // Out and back along the same line: the stretch outside separates the two parts.
        #expect(box.clip(line: line([(1, 1), (6, 1), (1, 1)])) == [line([(1, 1), (4, 1)]), line([(4, 1), (1, 1)])])
    }

    @Test func aLineOnlyTouchingTheBoxLeavesNothing() {
        #expect(box.clip(line: line([(-1, 1), (1, -1)])).isEmpty)
        #expect(box.clip(line: line([(4, 4), (5, 5)])).isEmpty)
        #expect(box.clip(line: line([(0, 1), (0, 3)])) == [line([(0, 1), (0, 3)])])
        #expect(box.clip(line: []).isEmpty)
    }

    @Test func linePartsStayInTheBoxAndKeepTheirLength() {
        var random = SplitMix64(seed: 31)
        let around = BoundingBox(west: -4, south: -4, east: 8, north: 8)
        for _ in 0..<300 {
            let path = (0..<12).map { _ in random.coordinate(in: around) }
            let parts = box.clip(line: path)
            #expect(parts.allSatisfy { $0.allSatisfy { box.contains($0) } && $0.count > 1 })
            let clipped = parts.reduce(0.0) { $0 + length($1) }
            // Compared with the share of densely sampled points inside.
            var sampled = 0.0
            for (a, b) in zip(path, path.dropFirst()) {
                let inside = (0..<500).filter { box.contains(point(at: (Double($0) + 0.5) / 500, from: a, to: b)) }
                sampled += length([a, b]) * Double(inside.count) / 500
            }
            #expect(abs(clipped - sampled) < 1)
        }
    }

    @Test func aCombFallsIntoSeparateParts() throws {
        let comb = try Polygon(
            exterior: line([(1, -2), (3, -2), (3, 2), (2.5, 2), (2.5, -1), (1.5, -1), (1.5, 2), (1, 2), (1, -2)])
        )
        let parts = box.clip(comb)
        #expect(parts.count == 2)
        #expect(planarArea(parts) == 2)
    }

    @Test("Lobes that meet in a corner on the side are separate parts, because a ring must not touch itself")
    func aCornerOnTheSideParts() throws {
        let arrow = try Polygon(exterior: line([(2, 1), (6, 1), (6, 3), (2, 3), (4, 2), (2, 1)]))
        let parts = box.clip(arrow)
        #expect(parts.count == 2)
        #expect(planarArea(parts) == 2)
    }

    @Test func aPolygonAroundTheBoxBecomesTheBox() throws {
        let parts = box.clip(try Polygon(exterior: line([(-9, -9), (9, -9), (9, 9), (-9, 9), (-9, -9)])))
        #expect(parts.count == 1)
        #expect(planarArea(parts) == 16)
        let hole = line([(-2, -2), (6, -2), (6, 6), (-2, 6), (-2, -2)])
        let frame = try Polygon(exterior: line([(-9, -9), (9, -9), (9, 9), (-9, 9), (-9, -9)]), holes: [hole])
        #expect(box.clip(frame).isEmpty)
    }

    @Test func holesAreKeptOrOpened() throws {
        let outer = line([(-1, 1), (5, 1), (5, 3), (-1, 3), (-1, 1)])
        let inside = try Polygon(exterior: outer, holes: [line([(1, 1.5), (2, 1.5), (2, 2), (1, 2), (1, 1.5)])])
        #expect(box.clip(inside).first?.holes.count == 1)
        #expect(planarArea(box.clip(inside)) == 7.5)
        let open = try Polygon(
            exterior: outer,
            holes: [line([(-0.5, 1.5), (4.5, 1.5), (4.5, 2), (-0.5, 2), (-0.5, 1.5)])]
        )
        #expect(box.clip(open).count == 2)
        #expect(planarArea(box.clip(open)) == 6)
    }

    @Test("A hole goes to the part that contains it, not to a smaller one whose box encloses both")
    func aHoleStaysInItsPart() throws {
        // A thin bracket around a block with a hole; they are connected east of the box.
        let gap = line([
            (0.2, 0.2), (5, 0.2), (5, 0.5), (0.5, 0.5), (0.5, 3.5), (5, 3.5), (5, 3.8), (0.2, 3.8), (0.2, 0.2),
        ])
        let hole = line([(1, 1), (2, 1), (2, 2), (1, 2), (1, 1)])
        let outer = line([(0.1, 0.1), (6, 0.1), (6, 3.9), (0.1, 3.9), (0.1, 0.1)])
        let parts = box.clip(try Polygon(exterior: outer, holes: [gap, hole]))
        #expect(parts.count == 2)
        let block = try #require(parts.first { $0.boundingBox.west == 0.5 })
        #expect(block.holes.count == 1)
        #expect(parts.allSatisfy { !$0.covers(Coordinate(longitude: 1.5, latitude: 1.5)) })
    }

    @Test func polygonsTouchingASideFromInsideAreUnchanged() throws {
        let square = try Polygon(exterior: line([(0, 0), (4, 0), (4, 4), (0, 4), (0, 0)]))
        #expect(box.clip(square) == [square])
        let beside = try Polygon(exterior: line([(4, 0), (6, 0), (6, 4), (4, 4), (4, 0)]))
        #expect(box.clip(beside).isEmpty)
        let zigzag = try Polygon(exterior: line([(4, 0), (5, 1), (4, 2), (5, 3), (4, 4), (2, 2), (4, 0)]))
        #expect(planarArea(box.clip(zigzag)) == 4)
    }

    @Test(arguments: 0..<16)
    func piecesOfACoverageAddUp(seed: Int) throws {
        let coverage = try RandomCoverage(
            seed: UInt64(seed) + 300,
            columns: 6,
            rows: 6,
            codes: 4,
            slivers: seed % 2 == 0,
            box: BoundingBox(west: 0, south: 0, east: 8, north: 8)
        )
        var random = SplitMix64(seed: UInt64(seed))
        // Half of the cuts run through vertices and along edges of the mesh.
        let xs = seed % 2 == 0 ? [2, 4] : [random.double(1, 4), random.double(4, 7)]
        let limits = [-9] + xs + [17]
        for area in coverage.areas {
            var sum = 0.0
            for (west, east) in zip(limits, limits.dropFirst()) {
                for (south, north) in zip(limits, limits.dropFirst()) {
                    let cell = BoundingBox(west: west, south: south, east: east, north: north)
                    let parts = area.polygons.flatMap { cell.clip($0) }
                    for part in parts { #expect(cell.contains(part.boundingBox)) }
                    sum += planarArea(parts)
                    for _ in 0..<20 {
                        let p = random.coordinate(in: cell)
                        #expect(parts.contains { $0.covers(p) } == area.covers(p))
                    }
                }
            }
            #expect(abs(sum - planarArea(area.polygons)) < 1e-9)
        }
    }

    @Test func aRegionOutsideIsNil() throws {
        #expect(box.clip(MultiPolygon.box(10, 10, 11, 11)) == nil)
        #expect(box.clip(MultiPolygon.box(3, 3, 11, 11))?.polygons.count == 1)
    }
}
