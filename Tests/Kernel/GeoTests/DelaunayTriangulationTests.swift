import Geo
import TestSupport
import Testing

@Suite("Delaunay triangulation")
struct DelaunayTriangulationTests {
    // Every triangle without a corner of the frame; also checks that no point lies inside its circle.
    private func check(_ points: [GridPoint]) {
        let mesh = DelaunayTriangulation(points)
        for triangle in 0..<mesh.count {
            let corners = (0..<3).map { mesh.corners[triangle * 3 + $0] }
            guard corners.allSatisfy({ $0 < mesh.frame }) else { continue }
            let (a, b, c) = (points[corners[0]], points[corners[1]], points[corners[2]])
            #expect((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x) > 0)
            #expect(points.allSatisfy { !isInside($0, a, b, c) })
            for side in 0..<3 {
                let other = mesh.neighbours[triangle * 3 + side]
                #expect(other >= 0)
                #expect((0..<3).contains { mesh.neighbours[other * 3 + $0] == triangle })
            }
        }
    }

    private func isInside(_ p: GridPoint, _ a: GridPoint, _ b: GridPoint, _ c: GridPoint) -> Bool {
        func lifted(_ q: GridPoint) -> (Int, Int, Int) {
            let (x, y) = (q.x - p.x, q.y - p.y)
            return (x, y, x * x + y * y)
        }
        let ((ax, ay, az), (bx, by, bz), (cx, cy, cz)) = (lifted(a), lifted(b), lifted(c))
        return az * (bx * cy - by * cx) - bz * (ax * cy - ay * cx) + cz * (ax * by - ay * bx) > 0
    }

    @Test func randomPointsHaveEmptyCircles() {
        var random = SplitMix64(seed: 7)
        check(
            (0..<300).map { _ in
                GridPoint(
                    x: Int.random(in: -1000...1000, using: &random),
                    y: Int.random(in: -1000...1000, using: &random)
                )
            }
        )
    }

    @Test("A lattice, a row, and duplicate points")
    func degenerate() {
        let lattice = (0..<12).flatMap { x in (0..<12).map { GridPoint(x: x * 10, y: $0 * 10) } }
        check(lattice + lattice)
        check((0..<40).map { GridPoint(x: $0, y: 0) })
        check([])
        check([GridPoint(x: 3, y: 4)])
        #expect(DelaunayTriangulation(lattice).count == DelaunayTriangulation(lattice + lattice).count)
    }
}
