/// A point or vector in a `LocalPlane`, metres east (x) and north (y) of its origin.
package struct PlanePoint: Hashable, Sendable {
    package let x: Double
    package let y: Double

    package init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }

    package static let zero = PlanePoint(x: 0, y: 0)

    package var length: Double { (x * x + y * y).squareRoot() }
    /// The vector of length 1 in the same direction; zero stays zero.
    package var unit: PlanePoint {
        let length = length
        return length > 0 ? PlanePoint(x: x / length, y: y / length) : .zero
    }
    /// The vector turned a quarter to the left.
    package var left: PlanePoint { PlanePoint(x: -y, y: x) }

    package func dot(_ other: PlanePoint) -> Double { x * other.x + y * other.y }
    package func cross(_ other: PlanePoint) -> Double { x * other.y - y * other.x }
    package func distance(to other: PlanePoint) -> Double { (self - other).length }
    package func toward(_ other: PlanePoint, share: Double) -> PlanePoint { self + (other - self) * share }

    package static func + (a: PlanePoint, b: PlanePoint) -> PlanePoint { PlanePoint(x: a.x + b.x, y: a.y + b.y) }
    package static func - (a: PlanePoint, b: PlanePoint) -> PlanePoint { PlanePoint(x: a.x - b.x, y: a.y - b.y) }
    package static func * (a: PlanePoint, factor: Double) -> PlanePoint { PlanePoint(x: a.x * factor, y: a.y * factor) }
}
