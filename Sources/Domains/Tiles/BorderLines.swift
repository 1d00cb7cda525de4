import Geo

/// The borders of areas that share them, each once, as lines between the points where three areas meet.
struct BorderLines {
    /// A line between two areas, or between an area and the outside.
    struct Line {
        let points: [Coordinate]
        let isOuter: Bool
    }

    private struct Edge: Hashable {
        let from: Coordinate
        let to: Coordinate
    }

    let lines: [Line]

    /// Collects the borders; common vertices must be exactly equal on both sides.
    init(_ areas: [MultiPolygon]) {
        let rings = areas.enumerated().flatMap { index, area in
            area.polygons.flatMap(\.rings).map { (area: index, points: $0.coordinates) }
        }
        var owners: [Edge: Int] = [:]
        for ring in rings {
            for (a, b) in zip(ring.points, ring.points.dropFirst()) { owners[Edge(from: a, to: b)] = ring.area }
        }
        var lines: [Line] = []
        for ring in rings { lines += Self.lines(of: ring.points, area: ring.area, owners) }
        self.lines = lines
    }

    /// The stretches of a ring that face a single neighbour; a shared one comes from the area with the lower number.
    private static func lines(of ring: [Coordinate], area: Int, _ owners: [Edge: Int]) -> [Line] {
        let neighbours = zip(ring, ring.dropFirst()).map { owners[Edge(from: $1, to: $0)] }
        // Starting where the neighbour changes keeps every stretch in one piece.
        let count = neighbours.count
        let start = neighbours.indices.first { neighbours[$0] != neighbours[($0 + count - 1) % count] } ?? 0
        var lines: [Line] = []
        var (points, neighbour) = ([Coordinate](), neighbours[start])
        func finish() {
            if points.count > 1, neighbour.map({ $0 > area }) ?? true {
                lines.append(Line(points: points, isOuter: neighbour == nil))
            }
        }
        for step in 0..<count {
            let edge = (start + step) % count
            if neighbours[edge] != neighbour {
                finish()
                (points, neighbour) = ([], neighbours[edge])
            }
            if points.isEmpty { points = [ring[edge]] }
            points.append(ring[edge + 1])
        }
        finish()
        return lines
    }
}
