#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

// The only file which touches the C library, so that the rest of the module needs no platform conditions.

func sine(_ radians: Double) -> Double { sin(radians) }
func cosine(_ radians: Double) -> Double { cos(radians) }
func tangent(_ radians: Double) -> Double { tan(radians) }
func arcSine(_ value: Double) -> Double { asin(value) }
func arcTangent(_ value: Double) -> Double { atan(value) }
func arcTangent(_ y: Double, over x: Double) -> Double { atan2(y, x) }
func hyperbolicSine(_ value: Double) -> Double { sinh(value) }
func inverseHyperbolicSine(_ value: Double) -> Double { asinh(value) }
func inverseHyperbolicTangent(_ value: Double) -> Double { atanh(value) }

extension Double {
    /// This many degrees, in radians.
    var radians: Double { self * (.pi / 180) }
    /// This many radians, in degrees.
    var degrees: Double { self * (180 / .pi) }
}
