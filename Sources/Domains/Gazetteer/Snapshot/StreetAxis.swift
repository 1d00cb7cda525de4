public import Geo

/// The parts of a street's line, told apart: its axis, and what runs beside a longer part of it.
///
/// A street is in one place; where a derived line has a part across or along another, longer one, that is a driveway which
/// bears the street's addresses, or a mistake. A part goes on from another when the foot of its middle is an end of that one.
public struct StreetAxis: Sendable {
    /// Nearer than this is another roadway of the same street, metres.
    private static let roadway = 80.0
    /// Farther than this is a street of the same name elsewhere, metres.
    private static let elsewhere = 1_500.0
    /// So near to an end a foot counts as the end, metres.
    private static let end = 30.0

    /// The parts that follow one another, WGS 84 degrees.
    public let axis: [[Coordinate]]
    /// The parts beside a longer one, WGS 84 degrees.
    public let beside: [[Coordinate]]

    /// Tells the parts of a line apart.
    public init(_ line: MultiLine) {
        var (axis, beside) = ([[Coordinate]](), [[Coordinate]]())
        let measured = line.lines.map { (points: $0, length: Self.length($0)) }
        for part in measured.sorted(by: { $0.length > $1.length }) {
            let middle = Self.middle(part.points, length: part.length)
            if axis.contains(where: { Self.stands(middle, beside: $0) }) {
                beside.append(part.points)
            } else {
                axis.append(part.points)
            }
        }
        (self.axis, self.beside) = (axis, beside)
    }

    private static func stands(_ place: Coordinate, beside line: [Coordinate]) -> Bool {
        guard let first = line.first, let last = line.last else { return false }
        let ruler = Ruler(latitude: place.latitude)
        var (foot, distance) = (first, Double.infinity)
        for (a, b) in zip(line, line.dropFirst()) {
            let (point, metres) = ruler.nearest(to: place, onEdgeFrom: a, to: b)
            if metres < distance { (foot, distance) = (point, metres) }
        }
        return distance > roadway && distance < elsewhere
            && ruler.distance(from: foot, to: first) > end && ruler.distance(from: foot, to: last) > end
    }

    static func length(_ line: [Coordinate]) -> Double {
        guard let first = line.first else { return 0 }
        let ruler = Ruler(latitude: first.latitude)
        return zip(line, line.dropFirst()).reduce(0) { $0 + ruler.distance(from: $1.0, to: $1.1) }
    }

    /// The point half the length along a line.
    static func middle(_ line: [Coordinate], length: Double) -> Coordinate {
        guard let first = line.first else { return Coordinate(longitude: 0, latitude: 0) }
        let ruler = Ruler(latitude: first.latitude)
        var rest = length / 2
        for (a, b) in zip(line, line.dropFirst()) {
            let step = ruler.distance(from: a, to: b)
            if step >= rest, step > 0 { return a.interpolated(to: b, share: rest / step) }
            rest -= step
        }
        return line[line.count - 1]
    }
}
