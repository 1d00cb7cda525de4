/// A closed ring of WGS 84 coordinates, the boundary of one face.
///
/// At least four points, the last equal to the first, all valid, not all on one line. Edges are straight in
/// longitude and latitude (RFC 7946, section 3.1.1). Self-intersection is not checked here: `AreaPartition` does.
public struct Ring: Hashable, Sendable {
    /// The points in the order given, the first repeated at the end.
    public let coordinates: [Coordinate]
    /// The smallest box around the ring, in degrees.
    public let boundingBox: BoundingBox
    /// Whether the interior is to the left of every edge.
    public let isCounterClockwise: Bool

    /// Makes a ring from its points in either direction.
    ///
    /// - Throws: `ringTooShort`, `ringNotClosed`, `ringWithoutInterior`, or the errors of `Coordinate.validate()`.
    public init(_ coordinates: [Coordinate]) throws(GeoError) {
        guard let first = coordinates.first, let last = coordinates.last, coordinates.count >= 4 else {
            throw .ringTooShort(points: coordinates.count)
        }
        for coordinate in coordinates { try coordinate.validate() }
        guard first == last else { throw .ringNotClosed(first: first, last: last) }
        guard let box = BoundingBox(around: coordinates) else { throw .empty }
        let direction = Self.direction(of: coordinates)
        guard direction != 0 else { throw .ringWithoutInterior(first: first) }
        self.coordinates = coordinates
        self.boundingBox = box
        self.isCounterClockwise = direction > 0
    }

    private init(coordinates: [Coordinate], boundingBox: BoundingBox, isCounterClockwise: Bool) {
        self.coordinates = coordinates
        self.boundingBox = boundingBox
        self.isCounterClockwise = isCounterClockwise
    }

    /// The same ring run the other way round.
    public var reversed: Ring {
        Ring(
            coordinates: coordinates.reversed(),
            boundingBox: boundingBox,
            isCounterClockwise: !isCounterClockwise
        )
    }

    /// The ring in the wanted direction, reversed when necessary.
    public func oriented(counterClockwise: Bool) -> Ring {
        isCounterClockwise == counterClockwise ? self : reversed
    }

    /// 1 when counter-clockwise, -1 when clockwise, 0 when all points lie on one line.
    ///
    /// The turn at the first point in west-south order is exact, because that vertex is convex. A spike there has no
    /// turn; then the sign of the planar area decides.
    private static func direction(of coordinates: [Coordinate]) -> Int {
        var points: [Coordinate] = []
        for point in coordinates.dropLast() where points.last != point { points.append(point) }
        if points.count > 1, points.first == points.last { points.removeLast() }
        guard points.count >= 3 else { return 0 }
        var lowest = 0
        for index in points.indices where Coordinate.precedes(points[index], points[lowest]) { lowest = index }
        let before = points[(lowest + points.count - 1) % points.count]
        let turn = orientation(before, points[lowest], points[(lowest + 1) % points.count])
        if turn != 0 { return turn }
        let area = signedPlanarArea(of: points)
        return area > 0 ? 1 : (area < 0 ? -1 : 0)
    }

    /// Twice the signed area in square degrees, relative to the first point to save digits.
    private static func signedPlanarArea(of points: [Coordinate]) -> Double {
        let origin = points[0]
        var sum = 0.0
        for index in points.indices {
            let (a, b) = (points[index], points[(index + 1) % points.count])
            sum +=
                (a.longitude - origin.longitude) * (b.latitude - origin.latitude)
                - (b.longitude - origin.longitude) * (a.latitude - origin.latitude)
        }
        return sum
    }
}

/// Where a point lies with respect to a closed region.
enum Location {
    case inside
    case boundary
    case outside
}

extension Ring {
    /// Where a point lies, exactly, by the even-odd rule.
    func locate(_ point: Coordinate) -> Location {
        guard boundingBox.contains(point) else { return .outside }
        var isInside = false
        return coordinates.withUnsafeBufferPointer { points in
            for index in 1..<points.count {
                let (a, b) = (points[index - 1], points[index])
                // Half-open in latitude: a vertex counts for the edge above it only.
                let straddles = (a.latitude > point.latitude) != (b.latitude > point.latitude)
                guard straddles || Self.mayTouch(a, b, point) else { continue }
                let side = orientation(a, b, point)
                if side == 0 {
                    if BoundingBox.spanned(by: a, b).contains(point) { return .boundary }
                    continue
                }
                if straddles, (side > 0) == (b.latitude > a.latitude) { isInside.toggle() }
            }
            return isInside ? .inside : .outside
        }
    }

    /// Whether an edge which does not straddle the point's parallel can still hold the point.
    private static func mayTouch(_ a: Coordinate, _ b: Coordinate, _ point: Coordinate) -> Bool {
        a.latitude == point.latitude || b.latitude == point.latitude
    }
}

extension BoundingBox {
    /// The box with the two points at opposite corners.
    static func spanned(by a: Coordinate, _ b: Coordinate) -> BoundingBox {
        BoundingBox(
            west: min(a.longitude, b.longitude),
            south: min(a.latitude, b.latitude),
            east: max(a.longitude, b.longitude),
            north: max(a.latitude, b.latitude)
        )
    }
}
