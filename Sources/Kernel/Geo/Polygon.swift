/// A region with one exterior ring and any number of holes, WGS 84 degrees.
///
/// Rings are stored with the winding of RFC 7946: exterior counter-clockwise, holes clockwise, so the interior is
/// always to the left of an edge. Containment follows the even-odd rule over all rings and includes the boundary.
public struct Polygon: Hashable, Sendable {
    /// The exterior first, then the holes.
    public let rings: [Ring]

    /// Makes a polygon from closed rings in any direction.
    ///
    /// - Throws: the errors of `Ring.init(_:)`.
    public init(exterior: [Coordinate], holes: [[Coordinate]] = []) throws(GeoError) {
        var rings = [try Ring(exterior).oriented(counterClockwise: true)]
        for hole in holes { rings.append(try Ring(hole).oriented(counterClockwise: false)) }
        self.rings = rings
    }

    /// Makes a polygon from rings already validated, in any direction.
    public init(exterior: Ring, holes: [Ring] = []) {
        rings = [exterior.oriented(counterClockwise: true)] + holes.map { $0.oriented(counterClockwise: false) }
    }

    /// The closed outer boundary, counter-clockwise.
    public var exterior: [Coordinate] { rings[0].coordinates }

    /// The closed inner boundaries, each clockwise.
    public var holes: [[Coordinate]] { rings.dropFirst().map(\.coordinates) }

    /// The smallest box around the exterior, in degrees.
    public var boundingBox: BoundingBox { rings[0].boundingBox }

    /// Whether the point is inside or exactly on the boundary (also of a hole).
    public func covers(_ coordinate: Coordinate) -> Bool { locate(coordinate) != .outside }

    /// Where a point lies, exactly.
    func locate(_ coordinate: Coordinate) -> Location {
        guard boundingBox.contains(coordinate) else { return .outside }
        var isInside = false
        for ring in rings {
            switch ring.locate(coordinate) {
            case .boundary: return .boundary
            case .inside: isInside.toggle()
            case .outside: break
            }
        }
        return isInside ? .inside : .outside
    }
}
