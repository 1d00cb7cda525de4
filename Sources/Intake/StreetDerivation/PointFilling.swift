import Geo

/// Uses houses and stops to find streets where the blocks do not show them: inside large blocks and beyond known ones.
///
/// A line that ends is extended straight ahead as long as there are points along it; a group of points away from all
/// lines gets a line of its own, along the grid of the neighbourhood. A single point makes no line.
struct PointFilling {
    typealias Point = StreetPoints.Point

    /// A point within this distance of a line is served by it, metres.
    static let served = 110.0
    /// Half the spread of an axis that is known only from points, metres.
    static let spread = 60.0
    private static let farthestStep = 1_000.0
    private static let farthestReach = 700.0
    private static let besideReach = 450.0

    let grid: GridDirections
    let cleaning: StreetCleaning
    let snapping: GapSnapping

    /// The parts of a street, extended and supplemented.
    func filled(_ parts: [StreetPart], with points: [Point]) -> [StreetPart] {
        var parts = parts
        for index in parts.indices {
            parts[index] = carriedOn(parts[index], along: open(points, parts))
            parts[index] = carriedOn(parts[index].reversed, along: open(points, parts)).reversed
        }
        for cluster in clusters(of: open(points, parts).filter { !isBeside($0, parts) }) {
            if let line = AxisFit(grid: grid).axis(through: cluster) { parts.append(Self.part(snapping.snapped(line))) }
        }
        return cleaning.ordered(cleaning.joined(parts))
    }

    static func part(_ line: PlaneLine) -> StreetPart {
        StreetPart(line: line, grounds: [.points: line.length], spread: spread)
    }

    private func open(_ points: [Point], _ parts: [StreetPart]) -> [Point] {
        points.filter { point in
            !parts.contains { ($0.line.foot(of: point.place)?.distance ?? .infinity) <= Self.served }
        }
    }

    // A house beside a known stretch of its street stands deep in a yard and is no evidence for a second line.
    private func isBeside(_ point: Point, _ parts: [StreetPart]) -> Bool {
        parts.contains { part in
            guard part.length > 250, let foot = part.line.foot(of: point.place) else { return false }
            return foot.distance < Self.besideReach && foot.along > 0 && foot.along < part.length
        }
    }

    // Extends the line's end to the foot of the farthest point along its way.
    private func carriedOn(_ part: StreetPart, along points: [Point]) -> StreetPart {
        guard part.length > 80, let end = part.line.points.last else { return part }
        let heading = part.line.reversed.direction(reach: 150) * -1
        let ahead = points.map { point in
            let way = point.place - end
            return (along: way.dot(heading), beside: heading.cross(way))
        }.filter { $0.along > 20 && abs($0.beside) < min(Self.served, 40 + $0.along * 0.25) }
            .sorted { ($0.along, $0.beside) < ($1.along, $1.beside) }
        var reached = 0.0
        var feet: [(along: Double, beside: Double)] = []
        for foot in ahead where foot.along - reached <= Self.farthestReach {
            reached = foot.along
            feet.append(foot)
        }
        guard let last = feet.last else { return part }
        // The mean slope of the points on both sides, damped, because the axis passes between the houses.
        let slope = feet.reduce(0) { $0 + $1.beside } / feet.reduce(0) { $0 + $1.along } * 0.7
        let target = end + heading * last.along + heading.left * (slope * last.along)
        return part.followed(by: Self.part(snapping.snapped(PlaneLine(points: [end, target]))))
    }

    private func clusters(of points: [Point]) -> [[Point]] {
        var groups = Groups(points.count)
        for a in points.indices {
            for b in 0..<a where points[a].place.distance(to: points[b].place) < Self.farthestStep { groups.join(a, b) }
        }
        let leaders = points.indices.map { groups.leader(of: $0) }
        return Dictionary(grouping: points.indices) { leaders[$0] }.sorted { $0.key < $1.key }
            .map { $0.value.map { points[$0] } }
    }
}
