/// Ground distances near one latitude without a trigonometric call per pair, WGS 84, in metres.
///
/// Differences of longitude and latitude are scaled by the prime-vertical and meridian radii at the middle latitude,
/// which come from Taylor series around the ruler's own latitude, and corrected by Gauss's second-order terms. The
/// error is below 1e-7 relative for points within 50 km of each other and of the ruler's latitude, up to latitude ±70.
///
/// Source: Gauss's mid-latitude formulae as in R. H. Rapp, Geometric Geodesy I (1991), section 6.3, and Torge,
/// Geodesy (3rd ed.), 6.1; checked against GeographicLib through pyproj.
@frozen
public struct Ruler: Sendable {
    /// The latitude the series are built around, in degrees.
    public let latitude: Double
    // Taylor coefficients, for offsets in degrees, of metres per degree along the meridian and the parallel.
    @usableFromInline let m0, m1, m2, p0, p1, p2, p3: Double
    // Gauss's correction factors, for differences in degrees.
    @usableFromInline let eastByLongitude, eastByLatitude, northByLongitude: Double

    /// Makes a ruler for the neighbourhood of a latitude in degrees.
    public init(latitude: Double) {
        let e2 = Ellipsoid.squaredEccentricity
        let (s, c) = (sine(latitude.radians), cosine(latitude.radians))
        let w2 = 1 - e2 * s * s
        let m = Ellipsoid.meridianRadius(sineOfLatitude: s)
        let n = Ellipsoid.primeVerticalRadius(sineOfLatitude: s)
        // d/dφ of M = a(1-e²)W⁻³, and of P = N cos φ, whose first derivative is -M sin φ.
        let mFirst = 3 * e2 * s * c * m / w2
        let mSecond = 3 * e2 * m * (c * c - s * s) / w2 + 15 * e2 * e2 * s * s * c * c * m / (w2 * w2)
        let pSecond = -(mFirst * s + m * c)
        let pThird = -(mSecond * s + 2 * mFirst * c - m * s)
        let degree = Double.pi / 180
        self.latitude = latitude
        m0 = m * degree
        m1 = mFirst * degree * degree
        m2 = mSecond / 2 * degree * degree * degree
        p0 = n * c * degree
        p1 = -m * s * degree * degree
        p2 = pSecond / 2 * degree * degree * degree
        p3 = pThird / 6 * degree * degree * degree * degree
        eastByLongitude = -s * s / 24 * degree * degree
        eastByLatitude = degree * degree / 24
        northByLongitude = (c * c / 24 - 0.125) * degree * degree
    }

    /// Metres per degree of latitude at the ruler's latitude.
    @inlinable public var metresPerDegreeOfLatitude: Double { m0 }

    /// Metres per degree of longitude at the ruler's latitude.
    @inlinable public var metresPerDegreeOfLongitude: Double { p0 }

    /// Metres east and north, in the mean azimuth, from one point to another; their hypotenuse is the distance.
    @inlinable
    public func offset(from a: Coordinate, to b: Coordinate) -> (east: Double, north: Double) {
        var dx = b.longitude - a.longitude
        if dx > 180 { dx -= 360 } else if dx < -180 { dx += 360 }
        let dy = b.latitude - a.latitude
        let middle = (a.latitude - latitude) + dy / 2
        let perLatitude = m0 + middle * (m1 + middle * m2)
        let perLongitude = p0 + middle * (p1 + middle * (p2 + middle * p3))
        let east = perLongitude * dx * (1 + eastByLongitude * dx * dx + eastByLatitude * dy * dy)
        return (east, perLatitude * dy * (1 + northByLongitude * dx * dx))
    }

    /// Ground distance between two points in metres.
    @inlinable
    public func distance(from a: Coordinate, to b: Coordinate) -> Double {
        let (east, north) = offset(from: a, to: b)
        return (east * east + north * north).squareRoot()
    }

    /// The point of the edge a-b (straight in degrees) nearest to a point, and its ground distance in metres.
    @inlinable
    public func nearest(to point: Coordinate, onEdgeFrom a: Coordinate, to b: Coordinate) -> (Coordinate, Double) {
        let (alongEast, alongNorth) = offset(from: a, to: b)
        let squaredLength = alongEast * alongEast + alongNorth * alongNorth
        guard squaredLength > 0 else { return (a, distance(from: point, to: a)) }
        let (east, north) = offset(from: a, to: point)
        let planar = min(1, max(0, (east * alongEast + north * alongNorth) / squaredLength))
        // A straight edge in degrees is curved on the ground, so the planar foot may be off; but the squared distance
        // is almost a parabola along the edge, and three samples give its minimum.
        let step = 0.25
        let middle = squaredDistance(from: point, toShare: planar, ofEdgeFrom: a, b)
        let before = squaredDistance(from: point, toShare: planar - step, ofEdgeFrom: a, b)
        let after = squaredDistance(from: point, toShare: planar + step, ofEdgeFrom: a, b)
        let bend = before - 2 * middle + after
        let shift = bend > 0 ? step * (before - after) / (2 * bend) : 0
        let share = min(1, max(0, planar + shift))
        let foot = share == 1 ? b : Self.point(atShare: share, ofEdgeFrom: a, b)
        return (foot, distance(from: point, to: foot))
    }

    @inlinable
    func squaredDistance(
        from point: Coordinate,
        toShare share: Double,
        ofEdgeFrom a: Coordinate,
        _ b: Coordinate
    ) -> Double {
        let (east, north) = offset(from: point, to: Self.point(atShare: share, ofEdgeFrom: a, b))
        return east * east + north * north
    }

    @inlinable
    static func point(atShare share: Double, ofEdgeFrom a: Coordinate, _ b: Coordinate) -> Coordinate {
        Coordinate(
            longitude: a.longitude + share * (b.longitude - a.longitude),
            latitude: a.latitude + share * (b.latitude - a.latitude)
        )
    }
}
