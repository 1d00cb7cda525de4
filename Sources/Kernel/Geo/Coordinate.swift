/// A position on the WGS 84 ellipsoid (EPSG:4326): longitude and latitude in degrees, always in that order.
@frozen
public struct Coordinate: Hashable, Sendable {
    /// Degrees east of Greenwich, -180...180.
    public let longitude: Double
    /// Degrees north of the equator, -90...90.
    public let latitude: Double

    /// Makes a coordinate from trusted numbers in degrees; nothing is checked.
    @inlinable
    public init(longitude: Double, latitude: Double) {
        self.longitude = longitude
        self.latitude = latitude
    }

    /// Makes a coordinate from untrusted numbers in degrees.
    ///
    /// - Throws: `notFinite`, `longitudeOutOfRange` or `latitudeOutOfRange`, with the refused number.
    public init(validatingLongitude longitude: Double, latitude: Double) throws(GeoError) {
        self.init(longitude: longitude, latitude: latitude)
        try validate()
    }

    /// Checks that both numbers are finite and within the range of degrees.
    ///
    /// - Throws: `notFinite`, `longitudeOutOfRange` or `latitudeOutOfRange`, with the refused number.
    public func validate() throws(GeoError) {
        guard longitude.isFinite, latitude.isFinite else {
            throw .notFinite(longitude: longitude, latitude: latitude)
        }
        guard abs(longitude) <= 180 else { throw .longitudeOutOfRange(longitude) }
        guard abs(latitude) <= 90 else { throw .latitudeOutOfRange(latitude) }
    }

    /// Whether the two numbers were probably given in the wrong order.
    ///
    /// True when the point is outside the box while the same numbers in the other order are inside it.
    public func looksSwapped(for box: BoundingBox) -> Bool {
        !box.contains(self) && box.contains(Coordinate(longitude: latitude, latitude: longitude))
    }

    /// The point at a share of the straight line in degrees to another: 0 is this point, 1 is the other.
    public func interpolated(to other: Coordinate, share: Double) -> Coordinate {
        Coordinate(
            longitude: longitude + share * (other.longitude - longitude),
            latitude: latitude + share * (other.latitude - latitude)
        )
    }

    /// Orders west to east, then south to north; this order determines the direction of shared edges.
    @inlinable
    static func precedes(_ first: Coordinate, _ second: Coordinate) -> Bool {
        first.longitude < second.longitude
            || (first.longitude == second.longitude && first.latitude < second.latitude)
    }
}
