import Geo

/// A small seeded generator, so that every run tests the same geometry (Steele, Lea and Flood, 2014).
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func double(_ low: Double, _ high: Double) -> Double {
        low == high ? low : Double.random(in: low...high, using: &self)
    }

    mutating func coordinate(in box: BoundingBox) -> Coordinate {
        Coordinate(longitude: double(box.west, box.east), latitude: double(box.south, box.north))
    }

    mutating func element<Element>(of elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &self)]
    }
}

extension BoundingBox {
    /// The city of the tests, in degrees.
    static let almaty = BoundingBox(west: 76.74, south: 43.12, east: 77.10, north: 43.38)
}
