import TestSupport
import Testing

@testable import Geo

@Suite struct OrientationTests {
    /// The sign by 128-bit integers, for numbers which are small multiples of one power of two.
    private func exact(_ a: (Int, Int), _ b: (Int, Int), _ c: (Int, Int)) -> Int {
        let left = Int128(a.0 - c.0) * Int128(b.1 - c.1)
        let right = Int128(a.1 - c.1) * Int128(b.0 - c.0)
        return Int((left - right).signum())
    }

    private func point(_ p: (Int, Int), scale: Double) -> Coordinate {
        Coordinate(longitude: Double(p.0) * scale, latitude: Double(p.1) * scale)
    }

    @Test(arguments: [0x1p-46, 1, 0x1p-300, 0x1p-1074, 0x1p900])
    func isExactNextToALine(scale: Double) {
        var random = SplitMix64(seed: 3)
        for _ in 0..<3000 {
            // Nearly collinear points with numbers of up to 52 bits: doubles hold the numbers exactly, but not their
            // products.
            let origin = (Int.random(in: 0..<(1 << 50), using: &random), Int.random(in: 0..<(1 << 50), using: &random))
            let step = (Int.random(in: 0..<(1 << 48), using: &random), Int.random(in: 0..<(1 << 48), using: &random))
            let b = (origin.0 + 2 * step.0, origin.1 + 2 * step.1)
            let c = (
                origin.0 + step.0 + Int.random(in: -1...1, using: &random),
                origin.1 + step.1 + Int.random(in: -1...1, using: &random)
            )
            let sign = orientation(point(origin, scale: scale), point(b, scale: scale), point(c, scale: scale))
            #expect(sign == exact(origin, b, c))
        }
    }

    @Test func expansionsAgreeWithTheWideAccumulator() {
        var random = SplitMix64(seed: 4)
        func number() -> Double {
            let exponent = Int.random(in: -40...40, using: &random)
            let sign: FloatingPointSign = Bool.random(using: &random) ? .plus : .minus
            return Double(sign: sign, exponent: exponent, significand: random.double(1, 2))
        }
        for _ in 0..<3000 {
            let (ax, ay, bx, by) = (number(), number(), number(), number())
            let share = random.double(0, 1)
            let (cx, cy) = (ax + share * (bx - ax), ay + share * (by - ay))
            #expect(
                exactOrientation(ax, ay, bx, by, cx, cy) == WideAccumulator.orientation(ax, ay, bx, by, cx, cy)
            )
        }
    }

    @Test func extremesNeitherOverflowNorUnderflow() {
        let (huge, tiny) = (Double.greatestFiniteMagnitude, Double.leastNonzeroMagnitude)
        func sign(_ n: Double...) -> Int {
            orientation(
                Coordinate(longitude: n[0], latitude: n[1]),
                Coordinate(longitude: n[2], latitude: n[3]),
                Coordinate(longitude: n[4], latitude: n[5])
            )
        }
        #expect(sign(-huge, -huge, huge, huge, 0, tiny) == 1)
        #expect(sign(-huge, -huge, huge, huge, tiny, 0) == -1)
        #expect(sign(-huge, -huge, huge, huge, 0, 0) == 0)
        #expect(sign(0, 0, tiny, 0, 0, tiny) == 1)
        #expect(sign(0, 0, 0, tiny, tiny, 0) == -1)
        #expect(sign(0, 0, huge, 1, tiny, 0) == -1)
        #expect(sign(1, 1, 1, 1, 5, 7) == 0)
    }

    @Test func changesSignWithTheDirection() {
        var random = SplitMix64(seed: 5)
        for _ in 0..<1000 {
            let (a, b) = (random.coordinate(in: .almaty), random.coordinate(in: .almaty))
            let share = random.double(0, 1)
            let c = Coordinate(
                longitude: a.longitude + share * (b.longitude - a.longitude),
                latitude: a.latitude + share * (b.latitude - a.latitude)
            )
            let sign = orientation(a, b, c)
            #expect(orientation(b, c, a) == sign && orientation(c, a, b) == sign)
            #expect(orientation(b, a, c) == -sign && orientation(a, c, b) == -sign)
        }
    }
}
