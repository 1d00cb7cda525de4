public import Geo

/// The parts of a street's line, separated into its axis and the parts beside a longer one.
///
/// A street has one course. Where a derived line has a part across or along a longer one, that part is a driveway with the
/// street's addresses, or a mistake. A part continues another when its midpoint projects onto an end of the other.
public struct StreetAxis: Sendable {
    /// Nearer than this is another carriageway of the same street, metres.
    private static let roadway = 80.0
    /// Farther than this is another street of the same name, metres.
    private static let elsewhere = 1_500.0
    /// A projection this close to an end counts as the end, metres.
    private static let end = 30.0

    /// The parts that continue one another, WGS 84 degrees.
    public let axis: [[Coordinate]]
    /// The parts beside a longer one, WGS 84 degrees.
    public let beside: [[Coordinate]]

    /// Separates the parts of a line.
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

    /// The point at half the length of a line.
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
