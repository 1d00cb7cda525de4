import TestSupport

@testable import Geo

/// A random coverage cut out of a jittered mesh of triangles, whose true answers are known triangle by triangle.
///
/// Triangles are painted at random, so areas get holes, enclaves, detached parts and corners where many meet.
struct RandomCoverage {
    struct Triangle {
        let a, b, c: Coordinate
        /// Area code; 0 is outside.
        let code: Int
    }

    let triangles: [Triangle]
    let areas: [MultiPolygon]

    init(seed: UInt64, columns: Int, rows: Int, codes: Int, slivers: Bool, box: BoundingBox = .almaty) throws {
        var random = SplitMix64(seed: seed)
        let mesh = Self.mesh(columns, rows, slivers, box, &random)
        triangles = Self.paint(mesh, codes, columns, rows, &random)
        areas = try Self.areas(of: triangles)
    }

    /// The code that the index must give, by exact tests against every triangle.
    func expectedCode(at point: Coordinate) -> Int {
        let codes = Set(
            triangles.lazy.filter { t in
                orientation(t.a, t.b, point) >= 0 && orientation(t.b, t.c, point) >= 0
                    && orientation(t.c, t.a, point) >= 0
            }
            .map(\.code)
        )
        return codes.filter { $0 > 0 }.min() ?? 0
    }

    /// Points that are hard to locate: on and next to vertices and edges, and anywhere.
    func hardPoints(_ count: Int, seed: UInt64) -> [Coordinate] {
        var random = SplitMix64(seed: seed)
        let around = BoundingBox(west: 76.70, south: 43.10, east: 77.14, north: 43.40)
        return (0..<count).map { index in
            let triangle = random.element(of: triangles)
            let share = random.element(of: [0, 0.5, random.double(0, 1), random.double(0, 1e-9)])
            let onEdge = Coordinate(
                longitude: triangle.a.longitude + share * (triangle.b.longitude - triangle.a.longitude),
                latitude: triangle.a.latitude + share * (triangle.b.latitude - triangle.a.latitude)
            )
            switch index % 5 {
            case 0: return random.coordinate(in: around)
            case 1: return triangle.c
            case 2: return onEdge
            case 3: return Coordinate(longitude: onEdge.longitude.nextUp, latitude: onEdge.latitude)
            default:
                return Coordinate(
                    longitude: onEdge.longitude + random.double(-1e-11, 1e-11),
                    latitude: onEdge.latitude.nextDown
                )
            }
        }
    }

    // MARK: Mesh

    private static func mesh(
        _ columns: Int,
        _ rows: Int,
        _ slivers: Bool,
        _ box: BoundingBox,
        _ random: inout SplitMix64
    ) -> [[Coordinate]] {
        func lines(_ count: Int, _ low: Double, _ high: Double) -> [Double] {
            (0...count).map { index in
                let even = low + (high - low) * Double(index) / Double(count)
                // Every third line nearly coincides with the previous one.
                return slivers && index % 3 == 2 ? low + (high - low) * Double(index - 1) / Double(count) + 1e-12 : even
            }
        }
        let (xs, ys) = (lines(columns, box.west, box.east), lines(rows, box.south, box.north))
        var mesh = ys.map { y in xs.map { Coordinate(longitude: $0, latitude: y) } }
        for row in 0...rows {
            for column in 0...columns where Bool.random(using: &random) {
                let old = mesh[row][column]
                let (stepX, stepY) = (box.width / Double(columns) / 2, box.height / Double(rows) / 2)
                mesh[row][column] = Coordinate(
                    longitude: old.longitude + random.double(-stepX, stepX),
                    latitude: old.latitude + random.double(-stepY, stepY)
                )
                if !isUpright(mesh, around: (row, column)) { mesh[row][column] = old }
            }
        }
        return mesh
    }

    /// Whether all triangles at a vertex are still counter-clockwise.
    private static func isUpright(_ mesh: [[Coordinate]], around vertex: (row: Int, column: Int)) -> Bool {
        for row in max(0, vertex.row - 1)..<min(mesh.count - 1, vertex.row + 1) {
            for column in max(0, vertex.column - 1)..<min(mesh[0].count - 1, vertex.column + 1) {
                for (a, b, c) in corners(mesh, row, column) where orientation(a, b, c) <= 0 { return false }
            }
        }
        return true
    }

    private static func corners(
        _ mesh: [[Coordinate]],
        _ row: Int,
        _ column: Int
    ) -> [(Coordinate, Coordinate, Coordinate)] {
        let (sw, se) = (mesh[row][column], mesh[row][column + 1])
        let (nw, ne) = (mesh[row + 1][column], mesh[row + 1][column + 1])
        return [(sw, se, ne), (sw, ne, nw)]
    }

    /// Paints patches: each triangle takes the code of a nearby random seed, or a random code.
    private static func paint(
        _ mesh: [[Coordinate]],
        _ codes: Int,
        _ columns: Int,
        _ rows: Int,
        _ random: inout SplitMix64
    ) -> [Triangle] {
        let seeds = (0..<codes * 2).map { index in
            (
                Double.random(in: 0...Double(columns), using: &random),
                Double.random(in: 0...Double(rows), using: &random), index % (codes + 1)
            )
        }
        var triangles: [Triangle] = []
        for row in 0..<rows {
            for column in 0..<columns {
                for (a, b, c) in corners(mesh, row, column) {
                    let nearest = seeds.min {
                        squared($0.0, $0.1, column, row) < squared($1.0, $1.1, column, row)
                    }
                    let isStray = Int.random(in: 0..<8, using: &random) == 0
                    let code = isStray ? Int.random(in: 0...codes, using: &random) : (nearest?.2 ?? 0)
                    triangles.append(Triangle(a: a, b: b, c: c, code: code))
                }
            }
        }
        // Every code must own a triangle, or its area would be empty.
        for code in 1...codes where !triangles.contains(where: { $0.code == code }) {
            let index = Int.random(in: 0..<triangles.count, using: &random)
            let old = triangles[index]
            triangles[index] = Triangle(a: old.a, b: old.b, c: old.c, code: code)
        }
        return triangles
    }

    private static func squared(_ x: Double, _ y: Double, _ column: Int, _ row: Int) -> Double {
        let (dx, dy) = (x - Double(column), y - Double(row))
        return dx * dx + dy * dy
    }

    // MARK: Rings

    private struct Direction: Hashable {
        let from, to: Coordinate
    }

    private static func areas(of triangles: [Triangle]) throws -> [MultiPolygon] {
        let highest = triangles.map(\.code).max() ?? 0
        return try (1...max(1, highest)).map { code in
            // Edges inside the area cancel out against their opposites.
            var border: Set<Direction> = []
            for t in triangles where t.code == code {
                for (from, to) in [(t.a, t.b), (t.b, t.c), (t.c, t.a)] {
                    if border.remove(Direction(from: to, to: from)) == nil {
                        border.insert(Direction(from: from, to: to))
                    }
                }
            }
            return try region(from: border)
        }
    }

    /// Joins directed edges into rings, turning as sharply left as possible so that rings do not cross themselves.
    private static func region(from border: Set<Direction>) throws -> MultiPolygon {
        var leaving: [Coordinate: [Coordinate]] = [:]
        for edge in border.sorted(by: { ($0.from.longitude, $0.to.longitude) < ($1.from.longitude, $1.to.longitude) }) {
            leaving[edge.from, default: []].append(edge.to)
        }
        var rings: [Ring] = []
        while let start = leaving.keys.min(by: Coordinate.precedes) {
            var points = [start]
            while var exits = leaving[points[points.count - 1]], !exits.isEmpty {
                let here = points[points.count - 1]
                exits.sort { sharper($0, $1, at: here, from: points.dropLast().last ?? here) }
                points.append(exits.removeFirst())
                leaving[here] = exits.isEmpty ? nil : exits
                // Cut off each loop as soon as it closes, so that no ring visits a vertex twice.
                if let first = points.dropLast().firstIndex(of: points[points.count - 1]) {
                    rings.append(try Ring(Array(points[first...])))
                    points.removeLast(points.count - 1 - first)
                }
                if points.count == 1 { break }
            }
        }
        return try MultiPolygon(polygons(from: rings))
    }

    private static func sharper(
        _ a: Coordinate,
        _ b: Coordinate,
        at here: Coordinate,
        from before: Coordinate
    ) -> Bool {
        // Leftmost first, seen in the direction of arrival.
        func rank(_ to: Coordinate) -> Int { orientation(before, here, to) >= 0 ? 0 : 1 }
        return rank(a) == rank(b) ? orientation(here, a, b) < 0 : rank(a) < rank(b)
    }

    private static func polygons(from rings: [Ring]) -> [Polygon] {
        let shells = rings.filter(\.isCounterClockwise).sorted { abs($0.signedArea) < abs($1.signedArea) }
        var holes = [[Ring]](repeating: [], count: shells.count)
        for hole in rings where !hole.isCounterClockwise {
            let inner = hole.coordinates.dropLast()
            let home = shells.firstIndex { shell in
                shell.boundingBox.contains(hole.boundingBox) && inner.allSatisfy { shell.locate($0) != .outside }
            }
            if let home { holes[home].append(hole) }
        }
        return zip(shells, holes).map { Polygon(exterior: $0, holes: $1) }
    }
}
