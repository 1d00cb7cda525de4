/// A local Cartesian frame: metres east (x), north (y) and up (z) of a point on the WGS 84 ellipsoid.
///
/// Distances in the frame are straight chords through the earth, the same in every frame. A chord is never longer
/// than the ground distance, and its projection on the x-y plane never longer than the chord: planar bounds are safe.
/// Source: geographic to geocentric and topocentric conversion, EPSG guidance note 7-2, methods 9602 and 9837.
struct TangentFrame {
    struct Position {
        let x, y, z: Double
    }

    private let longitude, latitude: Angle
    private let origin: Position
    /// A twelfth of the squared mean curvature at the origin, 1/(12 M N): s² = c² + c⁴ · arcFactor + … for an arc s
    /// over a chord c.
    let arcFactor: Double

    init(at origin: Coordinate) {
        longitude = Angle(degrees: origin.longitude)
        latitude = Angle(degrees: origin.latitude)
        self.origin = Self.geocentric(longitude, latitude)
        let m = Ellipsoid.meridianRadius(sineOfLatitude: latitude.sine)
        arcFactor = 1 / (12 * m * Ellipsoid.primeVerticalRadius(sineOfLatitude: latitude.sine))
    }

    /// Earth-centred position of a point on the ellipsoid.
    private static func geocentric(_ longitude: Angle, _ latitude: Angle) -> Position {
        let n = Ellipsoid.primeVerticalRadius(sineOfLatitude: latitude.sine)
        return Position(
            x: n * latitude.cosine * longitude.cosine,
            y: n * latitude.cosine * longitude.sine,
            z: n * (1 - Ellipsoid.squaredEccentricity) * latitude.sine
        )
    }

    /// The frame position of a point on the ellipsoid.
    func position(of point: Coordinate) -> Position {
        let p = Self.geocentric(longitude.nearby(point.longitude), latitude.nearby(point.latitude))
        let (dx, dy, dz) = (p.x - origin.x, p.y - origin.y, p.z - origin.z)
        let outward = longitude.cosine * dx + longitude.sine * dy
        return Position(
            x: longitude.cosine * dy - longitude.sine * dx,
            y: latitude.cosine * dz - latitude.sine * outward,
            z: latitude.cosine * outward + latitude.sine * dz
        )
    }
}

/// An angle with its sine and cosine.
private struct Angle {
    let degrees, sine, cosine: Double

    init(degrees: Double) {
        self.init(degrees: degrees, sine: Geo.sine(degrees.radians), cosine: Geo.cosine(degrees.radians))
    }

    private init(degrees: Double, sine: Double, cosine: Double) {
        (self.degrees, self.sine, self.cosine) = (degrees, sine, cosine)
    }

    /// Another angle; within a degree it comes from the addition theorems and short series, ten times as fast.
    func nearby(_ other: Double) -> Angle {
        let d = (other - degrees).radians
        guard abs(d) < 0.02 else { return Angle(degrees: other) }
        // Taylor series; the first terms left out are below 2e-21 and 3e-23.
        let d2 = d * d
        let s = d * (1 - d2 / 6 * (1 - d2 / 20 * (1 - d2 / 42)))
        let c = 1 - d2 / 2 * (1 - d2 / 12 * (1 - d2 / 30 * (1 - d2 / 56)))
        return Angle(degrees: other, sine: sine * c + cosine * s, cosine: cosine * c - sine * s)
    }
}
