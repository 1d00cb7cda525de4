/// A point of an integer grid in a plane, in whatever unit the caller measures.
@frozen
public struct GridPoint: Hashable, Sendable {
    /// The horizontal position, increasing to the right.
    public let x: Int
    /// The vertical position, increasing upwards.
    public let y: Int

    /// Makes a point; the magnitude of both numbers must stay below `DelaunayTriangulation.reach`.
    public init(x: Int, y: Int) {
        self.x = x
        self.y = y
    }
}

/// The Delaunay triangulation of points on an integer grid: no point lies inside the circumcircle of a triangle.
///
/// Points are inserted one by one and edges flipped until they are legal (Lawson 1977, Guibas and Stolfi 1985). The
/// tests are exact in 128-bit integers, so neither the order of the points nor collinear points can break it. A large
/// frame triangle encloses all points: near the convex hull the triangles reach to its corners.
public struct DelaunayTriangulation: Sendable {
    /// Coordinates must lie between `-reach` and `reach`.
    public static let reach = 1 << 24

    /// The corners of each triangle as three input positions, counter-clockwise; `frame` and above are the frame's
    /// corners.
    public let corners: [Int]
    /// The triangle opposite each corner; -1 outside the frame.
    public let neighbours: [Int]
    /// The first number of a corner of the frame: the number of input points.
    public let frame: Int

    /// The number of triangles.
    public var count: Int { corners.count / 3 }

    /// Triangulates points.
    ///
    /// Neighbours in the input should be close to each other, otherwise it becomes slow. Duplicate points count once.
    public init(_ points: [GridPoint]) {
        var builder = DelaunayBuilder(points)
        for index in points.indices { builder.insert(index) }
        corners = builder.corners
        neighbours = builder.neighbours
        frame = points.count
    }
}

private struct DelaunayBuilder {
    var corners: [Int]
    var neighbours: [Int]
    private let points: [GridPoint]
    private var latest = 0
    private var pending: [Int] = []

    init(_ points: [GridPoint]) {
        let far = DelaunayTriangulation.reach * 4
        let frame = [GridPoint(x: -far, y: -far), GridPoint(x: far, y: -far), GridPoint(x: 0, y: far)]
        self.points = points + frame
        corners = [points.count, points.count + 1, points.count + 2]
        neighbours = [-1, -1, -1]
        corners.reserveCapacity(points.count * 6 + 3)
        neighbours.reserveCapacity(points.count * 6 + 3)
    }

    mutating func insert(_ point: Int) {
        guard let triangle = triangle(holding: point) else { return }
        split(triangle, at: point)
        while let next = pending.popLast() { legalise(next) }
    }

    // Walks towards the point; nil when the point coincides with a corner of the triangle reached.
    private mutating func triangle(holding point: Int) -> Int? {
        var triangle = latest
        walk: while true {
            for side in 0..<3 {
                let (from, to) = (corners[triangle * 3 + (side + 1) % 3], corners[triangle * 3 + (side + 2) % 3])
                if turn(from, to, point) < 0 {
                    triangle = neighbours[triangle * 3 + side]
                    continue walk
                }
            }
            break
        }
        latest = triangle
        let known = (0..<3).contains { points[corners[triangle * 3 + $0]] == points[point] }
        return known ? nil : triangle
    }

    private mutating func split(_ triangle: Int, at point: Int) {
        let base = triangle * 3
        let (a, b, c) = (corners[base], corners[base + 1], corners[base + 2])
        let (acrossA, acrossB, acrossC) = (neighbours[base], neighbours[base + 1], neighbours[base + 2])
        let (first, second) = (corners.count / 3, corners.count / 3 + 1)
        corners += [point, b, c, point, c, a]
        neighbours += [acrossA, second, triangle, acrossB, triangle, first]
        set(triangle, (point, a, b), (acrossC, first, second))
        redirect(acrossA, from: triangle, to: first)
        redirect(acrossB, from: triangle, to: second)
        pending += [triangle, first, second]
    }

    // The new point is the first corner of every triangle here; the edge opposite it may have to be flipped.
    private mutating func legalise(_ triangle: Int) {
        let base = triangle * 3
        let other = neighbours[base]
        guard other >= 0 else { return }
        let (point, a, b) = (corners[base], corners[base + 1], corners[base + 2])
        guard let apex = (0..<3).first(where: { neighbours[other * 3 + $0] == triangle }) else { return }
        let d = corners[other * 3 + apex]
        guard isInCircle(point, a, b, d) else { return }
        let acrossB = neighbours[other * 3 + (apex + 1) % 3]
        let acrossA = neighbours[other * 3 + (apex + 2) % 3]
        let (besideB, besideA) = (neighbours[base + 1], neighbours[base + 2])
        set(triangle, (point, a, d), (acrossB, other, besideA))
        set(other, (point, d, b), (acrossA, besideB, triangle))
        redirect(acrossB, from: other, to: triangle)
        redirect(besideB, from: triangle, to: other)
        pending += [triangle, other]
    }

    private mutating func set(_ triangle: Int, _ corner: (Int, Int, Int), _ across: (Int, Int, Int)) {
        let base = triangle * 3
        (corners[base], corners[base + 1], corners[base + 2]) = corner
        (neighbours[base], neighbours[base + 1], neighbours[base + 2]) = across
    }

    private mutating func redirect(_ triangle: Int, from old: Int, to new: Int) {
        guard triangle >= 0 else { return }
        for side in 0..<3 where neighbours[triangle * 3 + side] == old { neighbours[triangle * 3 + side] = new }
    }

    private func turn(_ a: Int, _ b: Int, _ c: Int) -> Int {
        let (a, b, c) = (points[a], points[b], points[c])
        return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
    }

    private func isInCircle(_ a: Int, _ b: Int, _ c: Int, _ d: Int) -> Bool {
        let origin = points[d]
        func lifted(_ index: Int) -> (x: Int, y: Int, z: Int) {
            let (x, y) = (points[index].x - origin.x, points[index].y - origin.y)
            return (x, y, x * x + y * y)
        }
        let (a, b, c) = (lifted(a), lifted(b), lifted(c))
        let determinant =
            Int128(a.z) * Int128(b.x * c.y - b.y * c.x)
            - Int128(b.z) * Int128(a.x * c.y - a.y * c.x)
            + Int128(c.z) * Int128(a.x * b.y - a.y * b.x)
        return determinant > 0
    }
}
