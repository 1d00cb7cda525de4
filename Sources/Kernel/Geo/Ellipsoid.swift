/// The WGS 84 ellipsoid: its defining numbers and radii of curvature, in metres.
///
/// Source: NIMA TR8350.2 (2000), table 3.1, and the usual formulae for M and N (Torge, Geodesy, 4.1.3).
enum Ellipsoid {
    /// Semi-major axis a in metres.
    static let equatorialRadius = 6_378_137.0
    /// Flattening f.
    static let flattening = 1 / 298.257_223_563
    /// Semi-minor axis b = a (1 - f) in metres.
    static let polarRadius = equatorialRadius * (1 - flattening)
    /// First eccentricity squared, e² = f (2 - f).
    static let squaredEccentricity = flattening * (2 - flattening)
    /// The smallest radius of curvature anywhere, b²/a, in metres.
    static let smallestRadius = equatorialRadius * (1 - squaredEccentricity)
    /// The largest radius of curvature anywhere, a²/b, in metres.
    static let largestRadius = equatorialRadius * equatorialRadius / polarRadius
    /// Metres per degree of latitude where that degree is shortest, at the equator.
    static let shortestMetresPerDegreeOfLatitude = smallestRadius * .pi / 180

    /// Radius of curvature M of the meridian at a latitude in radians, in metres.
    static func meridianRadius(sineOfLatitude sine: Double) -> Double {
        let w = 1 - squaredEccentricity * sine * sine
        return smallestRadius / (w * w.squareRoot())
    }

    /// Radius of curvature N of the prime vertical at a latitude in radians, in metres.
    static func primeVerticalRadius(sineOfLatitude sine: Double) -> Double {
        equatorialRadius / (1 - squaredEccentricity * sine * sine).squareRoot()
    }

    /// Metres per degree of longitude along the parallel at a latitude in degrees.
    static func metresPerDegreeOfLongitude(atLatitude latitude: Double) -> Double {
        let sineOfLatitude = sine(latitude.radians)
        let radius = primeVerticalRadius(sineOfLatitude: sineOfLatitude)
        return max(0, radius * cosine(latitude.radians)) * .pi / 180
    }

    /// Twice the area between the equator and a latitude (radians), per radian of longitude and in units of a².
    ///
    /// Source: Snyder, Map Projections: A Working Manual (USGS 1395, 1987), equation 3-12.
    static func authalicQ(latitude: Double) -> Double {
        let e = squaredEccentricity.squareRoot()
        let s = sine(latitude)
        return (1 - squaredEccentricity)
            * (s / (1 - squaredEccentricity * s * s) + inverseHyperbolicTangent(e * s) / e)
    }
}
