import Geo

/// The lines of the streets as straight segments, each in the direction in which the house numbers increase.
struct StreetSegments: Sendable {
    /// A straight segment of a street's line.
    struct Segment: Sendable {
        let start: Coordinate
        let end: Coordinate
        /// The street's index in the address book.
        let street: Int
        /// Whether the part of the line begins or ends with it.
        let isFirst: Bool
        let isLast: Bool
    }

    /// The point of a street's line nearest to another point.
    struct Foot: Sendable {
        /// The street's index in the address book.
        let street: Int
        /// The point, WGS 84 degrees.
        let point: Coordinate
        /// The distance, metres.
        let distance: Double
        /// The side of the other point; nil on the line, past its end, or too far away.
        let side: StreetSide?
    }

    /// Points nearer than this are on the line, metres.
    private static let onLine = 1.0
    /// Points farther than this are on no side of a street, metres.
    static let sideReach = 500.0

    private let segments: [Segment]
    private let tree: PackedRTree
    private let ranges: [Range<Int>]

    /// - Parameters:
    ///   - lines: the line of each street; nil when unknown.
    ///   - houses: the known houses of each street.
    ///   - headings: the direction in which the numbers of each street increase.
    init(_ lines: [MultiLine?], houses: [[HouseNumberIndex.Entry]], headings: [NumberingDirection?]) {
        var segments: [Segment] = []
        var ranges: [Range<Int>] = []
        for (street, line) in lines.enumerated() {
            let start = segments.count
            if let line, let heading = headings[street] {
                let parts = StreetParts(line, houses[street], heading)
                for part in parts.rising { segments += Self.pieces(of: part, street: street) }
            }
            ranges.append(start..<segments.count)
        }
        self.segments = segments
        self.ranges = ranges
        tree = PackedRTree(segments.compactMap { BoundingBox(around: [$0.start, $0.end]) })
    }

    private static func pieces(of part: [Coordinate], street: Int) -> [Segment] {
        let pairs = zip(part, part.dropFirst()).filter { $0 != $1 }
        return pairs.enumerated().map { index, pair in
            Segment(
                start: pair.0,
                end: pair.1,
                street: street,
                isFirst: index == 0,
                isLast: index == pairs.count - 1
            )
        }
    }

    /// The nearest point of any street's line.
    func nearest(to point: Coordinate) -> Foot? {
        let measure = Measure(from: point)
        return tree.nearest(to: point, count: 1) { measure.foot(on: segments[$0]).distance }.first
            .map { foot(of: point, on: $0.index, measure) }
    }

    /// The nearest point of one street's line; takes time proportional to its number of segments.
    func nearest(to point: Coordinate, onStreet street: Int) -> Foot? {
        let measure = Measure(from: point)
        var best: (index: Int, distance: Double)?
        for index in ranges[street] {
            let distance = measure.foot(on: segments[index]).distance
            if distance < best?.distance ?? .infinity { best = (index, distance) }
        }
        return best.map { foot(of: point, on: $0.index, measure) }
    }

    private func foot(of point: Coordinate, on index: Int, _ measure: Measure) -> Foot {
        let found = measure.foot(on: segments[index])
        let side =
            found.distance > Self.onLine && found.distance <= Self.sideReach
            ? side(of: point, from: found.point, on: index, measure.ruler) : nil
        return Foot(street: segments[index].street, point: found.point, distance: found.distance, side: side)
    }

    // At a joint the line has the combined direction of both segments; past its end there is no side.
    private func side(of point: Coordinate, from foot: Coordinate, on index: Int, _ ruler: Ruler) -> StreetSide? {
        let segment = segments[index]
        var heading = direction(of: segment, ruler)
        let offset = ruler.offset(from: foot, to: point)
        if foot == segment.end, !segment.isLast {
            heading = sum(heading, direction(of: segments[index + 1], ruler))
        } else if foot == segment.start, !segment.isFirst {
            heading = sum(direction(of: segments[index - 1], ruler), heading)
        }
        let across = heading.east * offset.north - heading.north * offset.east
        let ahead = heading.east * offset.east + heading.north * offset.north
        if (foot == segment.end && segment.isLast) || (foot == segment.start && segment.isFirst) {
            guard abs(across) > abs(ahead) else { return nil }
        }
        return across == 0 ? nil : across > 0 ? .left : .right
    }

    private func direction(of segment: Segment, _ ruler: Ruler) -> (east: Double, north: Double) {
        let (east, north) = ruler.offset(from: segment.start, to: segment.end)
        let length = (east * east + north * north).squareRoot()
        return length > 0 ? (east / length, north / length) : (0, 0)
    }

    private func sum(
        _ a: (east: Double, north: Double),
        _ b: (east: Double, north: Double)
    ) -> (
        east: Double, north: Double
    ) {
        (a.east + b.east, a.north + b.north)
    }

    /// Measures the distance from a point to a segment: by ruler within 50 km, beyond that by the geodesic to the ruler's
    /// nearest point.
    private struct Measure {
        let point: Coordinate
        let ruler: Ruler

        init(from point: Coordinate) {
            self.point = point
            ruler = Ruler(latitude: point.latitude)
        }

        func foot(on segment: Segment) -> (point: Coordinate, distance: Double) {
            let (foot, metres) = ruler.nearest(to: point, onEdgeFrom: segment.start, to: segment.end)
            return (foot, metres < 50_000 ? metres : point.distance(to: foot))
        }
    }
}

/// A side of a street, looking in the direction of increasing house numbers.
public enum StreetSide: String, Sendable {
    /// On the left.
    case left
    /// On the right.
    case right

    var opposite: StreetSide { self == .left ? .right : .left }
}
