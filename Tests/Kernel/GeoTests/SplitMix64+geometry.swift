import Geo
import TestSupport

extension SplitMix64 {
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
