/// A closed box between two meridians and two parallels, WGS 84 degrees; it never spans the antimeridian.
@frozen
public struct BoundingBox: Hashable, Sendable {
    /// Western meridian in degrees.
    public let west: Double
    /// Southern parallel in degrees.
    public let south: Double
    /// Eastern meridian in degrees, not less than `west`.
    public let east: Double
    /// Northern parallel in degrees, not less than `south`.
    public let north: Double

    /// Makes a box from trusted numbers in degrees; nothing is checked.
    @inlinable
    public init(west: Double, south: Double, east: Double, north: Double) {
        self.west = west
        self.south = south
        self.east = east
        self.north = north
    }

    /// Makes a box from untrusted numbers in degrees.
    ///
    /// - Throws: the errors of `Coordinate.validate()`, or `invertedBox` when a side is past its opposite.
    public init(
        validatingWest west: Double,
        south: Double,
        east: Double,
        north: Double
    ) throws(GeoError) {
        try Coordinate(longitude: west, latitude: south).validate()
        try Coordinate(longitude: east, latitude: north).validate()
        guard west <= east, south <= north else {
            throw .invertedBox(west: west, south: south, east: east, north: north)
        }
        self.init(west: west, south: south, east: east, north: north)
    }

    /// Makes the box which holds one point only.
    @inlinable
    public init(_ coordinate: Coordinate) {
        self.init(
            west: coordinate.longitude,
            south: coordinate.latitude,
            east: coordinate.longitude,
            north: coordinate.latitude
        )
    }

    /// Makes the smallest box around the points, or nil when there are none.
    public init?(around coordinates: some Sequence<Coordinate>) {
        var iterator = coordinates.makeIterator()
        guard let first = iterator.next() else { return nil }
        var (west, south) = (first.longitude, first.latitude)
        var (east, north) = (west, south)
        while let next = iterator.next() {
            west = min(west, next.longitude)
            south = min(south, next.latitude)
            east = max(east, next.longitude)
            north = max(north, next.latitude)
        }
        self.init(west: west, south: south, east: east, north: north)
    }

    /// Extent from west to east in degrees.
    @inlinable public var width: Double { east - west }

    /// Extent from south to north in degrees.
    @inlinable public var height: Double { north - south }

    /// The point halfway between the sides, in degrees.
    @inlinable
    public var center: Coordinate {
        Coordinate(longitude: west + (east - west) / 2, latitude: south + (north - south) / 2)
    }

    /// Whether the point is inside or on a side; false for NaN.
    @inlinable
    public func contains(_ coordinate: Coordinate) -> Bool {
        coordinate.longitude >= west && coordinate.longitude <= east
            && coordinate.latitude >= south && coordinate.latitude <= north
    }

    /// Whether the other box lies wholly inside this one or shares its sides.
    @inlinable
    public func contains(_ other: BoundingBox) -> Bool {
        other.west >= west && other.east <= east && other.south >= south && other.north <= north
    }

    /// Whether the two closed boxes share at least one point.
    @inlinable
    public func intersects(_ other: BoundingBox) -> Bool {
        west <= other.east && other.west <= east && south <= other.north && other.south <= north
    }

    /// The smallest box around both.
    @inlinable
    public func union(_ other: BoundingBox) -> BoundingBox {
        BoundingBox(
            west: min(west, other.west),
            south: min(south, other.south),
            east: max(east, other.east),
            north: max(north, other.north)
        )
    }

    /// The box that holds every point within the given ground distance of this one, clamped to valid degrees.
    ///
    /// It errs on the large side: one degree is taken at its shortest (meridian radius at the equator, parallel at the
    /// box's highest latitude after growing). A box reaching a pole or the antimeridian gets all longitudes.
    public func expanded(byMetres metres: Double) -> BoundingBox {
        let latitudeMargin = metres / Ellipsoid.shortestMetresPerDegreeOfLatitude
        let (newSouth, newNorth) = (max(-90, south - latitudeMargin), min(90, north + latitudeMargin))
        let parallel = Ellipsoid.metresPerDegreeOfLongitude(atLatitude: max(abs(newSouth), abs(newNorth)))
        // A geodesic bends polewards; the parallel taken is already beyond any latitude it can reach.
        let longitudeMargin = parallel * 360 > metres ? metres / parallel : 360
        let (newWest, newEast) = (west - longitudeMargin, east + longitudeMargin)
        guard newWest >= -180, newEast <= 180 else {
            return BoundingBox(west: -180, south: newSouth, east: 180, north: newNorth)
        }
        return BoundingBox(west: newWest, south: newSouth, east: newEast, north: newNorth)
    }
}
