/// A local Cartesian frame: metres east (x), north (y) and up (z) of a point on the WGS 84 ellipsoid.
///
/// Distances in the frame are straight chords through the earth, the same in every frame. A chord is never longer
/// than the ground distance, and its projection on the x-y plane never longer than the chord: planar bounds are safe.
/// Source: geographic to geocentric and topocentric conversion, EPSG guidance note 7-2, methods 9602 and 9837.
struct TangentFrame {
    struct Position {
        let x, y, z: Double
    }

    private let sinLongitude, cosLongitude, sinLatitude, cosLatitude: Double
    private let origin: Position

    init(at origin: Coordinate) {
        (sinLongitude, cosLongitude) = (sine(origin.longitude.radians), cosine(origin.longitude.radians))
        (sinLatitude, cosLatitude) = (sine(origin.latitude.radians), cosine(origin.latitude.radians))
        self.origin = Self.geocentric(origin)
    }

    /// Earth-centred position of a point on the ellipsoid.
    private static func geocentric(_ point: Coordinate) -> Position {
        let (sinLatitude, cosLatitude) = (sine(point.latitude.radians), cosine(point.latitude.radians))
        let (sinLongitude, cosLongitude) = (sine(point.longitude.radians), cosine(point.longitude.radians))
        let n = Ellipsoid.primeVerticalRadius(sineOfLatitude: sinLatitude)
        return Position(
            x: n * cosLatitude * cosLongitude,
            y: n * cosLatitude * sinLongitude,
            z: n * (1 - Ellipsoid.squaredEccentricity) * sinLatitude
        )
    }

    /// The frame position of a point on the ellipsoid.
    func position(of point: Coordinate) -> Position {
        let p = Self.geocentric(point)
        let (dx, dy, dz) = (p.x - origin.x, p.y - origin.y, p.z - origin.z)
        let outward = cosLongitude * dx + sinLongitude * dy
        return Position(
            x: cosLongitude * dy - sinLongitude * dx,
            y: cosLatitude * dz - sinLatitude * outward,
            z: cosLatitude * outward + sinLatitude * dz
        )
    }
}
