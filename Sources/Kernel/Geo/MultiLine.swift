/// One or more polylines treated as one geometry, WGS 84 degrees, such as the axis of a street with gaps.
public struct MultiLine: Hashable, Sendable {
    /// The parts, at least one, each of at least two points of which two differ.
    public let lines: [[Coordinate]]
    /// The smallest box around all parts, in degrees.
    public let bounds: BoundingBox

    /// Makes a line from its parts.
    ///
    /// - Throws: `empty` when there is none, `lineTooShort`, `lineWithoutLength`, or the errors of
    ///   `Coordinate.validate()`.
    public init(_ lines: [[Coordinate]]) throws(GeoError) {
        for line in lines {
            guard let first = line.first, line.count >= 2 else { throw .lineTooShort(points: line.count) }
            for point in line { try point.validate() }
            guard line.contains(where: { $0 != first }) else { throw .lineWithoutLength(at: first) }
        }
        guard let bounds = BoundingBox(around: lines.joined()) else { throw .empty }
        self.lines = lines
        self.bounds = bounds
    }

    /// Whether some point of a part lies inside the box or on its sides.
    public func touches(_ box: BoundingBox) -> Bool {
        guard box.intersects(bounds) else { return false }
        return lines.contains { line in
            zip(line, line.dropFirst()).contains { box.clip(segmentFrom: $0, to: $1) != nil }
        }
    }
}
