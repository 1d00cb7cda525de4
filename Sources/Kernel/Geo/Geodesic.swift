extension Coordinate {
    /// Length of the shortest path to another point over the WGS 84 ellipsoid, in metres.
    ///
    /// Vincenty's inverse formula, accurate to about 0.1 mm. It does not converge for nearly antipodal points; for
    /// those the result is the great-circle distance on a sphere of the mean meridian length, whose error is below 0.6
    /// % (110 km).
    ///
    /// Source: T. Vincenty, "Direct and inverse solutions of geodesics on the ellipsoid with application of nested
    /// equations", Survey Review 23:176 (1975).
    public func distance(to other: Coordinate) -> Double {
        if self == other { return 0 }
        return VincentyInverse.distance(from: self, to: other) ?? greatCircleDistance(to: other)
    }

    /// Haversine length on a sphere whose great circles are as long as a WGS 84 meridian.
    private func greatCircleDistance(to other: Coordinate) -> Double {
        let latitudes = sine((other.latitude - latitude).radians / 2)
        let longitudes = sine((other.longitude - longitude).radians / 2)
        let parallels = cosine(latitude.radians) * cosine(other.latitude.radians)
        let h = latitudes * latitudes + parallels * longitudes * longitudes
        return 2 * 6_367_449.145_823 * arcSine(min(1, h.squareRoot()))
    }
}

/// One run of Vincenty's inverse iteration.
private struct VincentyInverse {
    private let (sinU1, cosU1): (Double, Double)
    private let (sinU2, cosU2): (Double, Double)
    private let longitudeDifference: Double
    private var (sinSigma, cosSigma, sigma) = (0.0, 1.0, 0.0)
    private var (squaredCosAlpha, cosTwoSigmaM, sinAlpha) = (0.0, 0.0, 0.0)

    /// Metres, or nil when the iteration does not settle.
    static func distance(from a: Coordinate, to b: Coordinate) -> Double? {
        var run = VincentyInverse(a, b)
        return run.iterate() ? run.length : nil
    }

    private init(_ a: Coordinate, _ b: Coordinate) {
        func reduced(_ latitude: Double) -> (Double, Double) {
            let (s, c) = (sine(latitude.radians) * (1 - Ellipsoid.flattening), cosine(latitude.radians))
            let norm = (s * s + c * c).squareRoot()
            return (s / norm, c / norm)
        }
        (sinU1, cosU1) = reduced(a.latitude)
        (sinU2, cosU2) = reduced(b.latitude)
        let difference = (b.longitude - a.longitude).remainder(dividingBy: 360)
        longitudeDifference = difference.radians
    }

    /// Equations 14 to 18 and 10 to 11, until λ settles; false when it leaves ±π or does not settle.
    private mutating func iterate() -> Bool {
        var lambda = longitudeDifference
        for _ in 0..<100 {
            let previous = lambda
            update(sine(lambda), cosine(lambda))
            if sinSigma == 0 { return cosSigma > 0 }
            let c =
                Ellipsoid.flattening / 16 * squaredCosAlpha
                * (4 + Ellipsoid.flattening * (4 - 3 * squaredCosAlpha))
            let inner = cosTwoSigmaM + c * cosSigma * (2 * cosTwoSigmaM * cosTwoSigmaM - 1)
            lambda =
                longitudeDifference
                + (1 - c) * Ellipsoid.flattening * sinAlpha * (sigma + c * sinSigma * inner)
            if abs(lambda) > .pi { return false }
            if abs(lambda - previous) < 1e-13 { return true }
        }
        return false
    }

    private mutating func update(_ sinLambda: Double, _ cosLambda: Double) {
        let across = cosU2 * sinLambda
        let along = cosU1 * sinU2 - sinU1 * cosU2 * cosLambda
        sinSigma = (across * across + along * along).squareRoot()
        cosSigma = sinU1 * sinU2 + cosU1 * cosU2 * cosLambda
        sigma = arcTangent(sinSigma, over: cosSigma)
        sinAlpha = sinSigma == 0 ? 0 : cosU1 * cosU2 * sinLambda / sinSigma
        squaredCosAlpha = 1 - sinAlpha * sinAlpha
        // On the equator the term vanishes; Vincenty sets it to zero.
        cosTwoSigmaM = squaredCosAlpha > 0 ? cosSigma - 2 * sinU1 * sinU2 / squaredCosAlpha : 0
    }

    /// Equations 3, 4, 6 and 19.
    private var length: Double {
        let b = Ellipsoid.polarRadius
        let squaredU = squaredCosAlpha * (Ellipsoid.equatorialRadius * Ellipsoid.equatorialRadius - b * b) / (b * b)
        let bigA = 1 + squaredU / 16_384 * (4096 + squaredU * (-768 + squaredU * (320 - 175 * squaredU)))
        let bigB = squaredU / 1024 * (256 + squaredU * (-128 + squaredU * (74 - 47 * squaredU)))
        let squaredCos = cosTwoSigmaM * cosTwoSigmaM
        let last = bigB / 6 * cosTwoSigmaM * (4 * sinSigma * sinSigma - 3) * (4 * squaredCos - 3)
        let deltaSigma = bigB * sinSigma * (cosTwoSigmaM + bigB / 4 * (cosSigma * (2 * squaredCos - 1) - last))
        return b * bigA * (sigma - deltaSigma)
    }
}
