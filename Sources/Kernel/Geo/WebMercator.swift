/// Spherical Web Mercator, EPSG:3857: x east and y north in metres of the projection (not of the ground).
///
/// Source: EPSG guidance note 7-2, method 1024 (Popular Visualisation Pseudo-Mercator).
public enum WebMercator {
    /// Latitude at which the projected world becomes a square, in degrees; latitudes beyond it are clamped.
    public static let latitudeLimit = 85.051_128_779_806_6
    /// Half the side of the projected world, π a, in metres of the projection.
    public static let halfSide = Double.pi * Ellipsoid.equatorialRadius

    /// A projected position in metres of EPSG:3857.
    @frozen
    public struct Point: Hashable, Sendable {
        /// Easting, -halfSide...halfSide for longitudes in range.
        public let x: Double
        /// Northing, -halfSide...halfSide.
        public let y: Double

        /// Makes a position from metres of the projection.
        @inlinable
        public init(x: Double, y: Double) {
            self.x = x
            self.y = y
        }
    }

    /// Projects a coordinate in degrees; the latitude is clamped to ±`latitudeLimit`.
    public static func project(_ coordinate: Coordinate) -> Point {
        let latitude = min(latitudeLimit, max(-latitudeLimit, coordinate.latitude)).radians
        return Point(
            x: Ellipsoid.equatorialRadius * coordinate.longitude.radians,
            y: Ellipsoid.equatorialRadius * inverseHyperbolicSine(tangent(latitude))
        )
    }

    /// The coordinate in degrees of a projected position.
    public static func unproject(_ point: Point) -> Coordinate {
        Coordinate(
            longitude: (point.x / Ellipsoid.equatorialRadius).degrees,
            latitude: arcTangent(hyperbolicSine(point.y / Ellipsoid.equatorialRadius)).degrees
        )
    }

    /// Position in a world 1 wide and 1 high, x from the antimeridian eastwards, y from the north edge southwards.
    public static func unitSquare(_ coordinate: Coordinate) -> (x: Double, y: Double) {
        let point = project(coordinate)
        return (0.5 + point.x / (2 * halfSide), 0.5 - point.y / (2 * halfSide))
    }

    /// The coordinate in degrees of a position in the unit square.
    public static func coordinate(unitX x: Double, unitY y: Double) -> Coordinate {
        unproject(Point(x: (x - 0.5) * 2 * halfSide, y: (0.5 - y) * 2 * halfSide))
    }

    /// Ground metres per pixel at a latitude in degrees, on the sphere of the projection.
    public static func groundResolution(latitude: Double, zoom: Int, tileSize: Double = 256) -> Double {
        cosine(min(latitudeLimit, abs(latitude)).radians) * 2 * halfSide / (tileSize * TileCoordinate.side(zoom))
    }
}
