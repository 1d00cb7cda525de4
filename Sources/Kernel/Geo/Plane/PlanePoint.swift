/// A point or vector in a `LocalPlane`, metres east (x) and north (y) of its origin.
package struct PlanePoint: Hashable, Sendable {
    /// Metres to the east.
    package let x: Double
    /// Metres to the north.
    package let y: Double

    /// Makes a point or vector of its metres east and north.
    package init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }

    /// The origin of the plane.
    package static let zero = PlanePoint(x: 0, y: 0)

    /// The length of the vector, in metres.
    package var length: Double { (x * x + y * y).squareRoot() }
    /// The vector of length 1 in the same direction; zero stays zero.
    package var unit: PlanePoint {
        let length = length
        return length > 0 ? PlanePoint(x: x / length, y: y / length) : .zero
    }
    /// The vector turned a quarter to the left.
    package var left: PlanePoint { PlanePoint(x: -y, y: x) }

    /// The dot product with another vector.
    package func dot(_ other: PlanePoint) -> Double { x * other.x + y * other.y }
    /// The z component of the cross product: positive when the other vector points to the left of this one.
    package func cross(_ other: PlanePoint) -> Double { x * other.y - y * other.x }
    /// The distance between two points, in metres.
    package func distance(to other: PlanePoint) -> Double { (self - other).length }
    /// The point at a share of the way to another: 0 is this point, 1 the other.
    package func toward(_ other: PlanePoint, share: Double) -> PlanePoint { self + (other - self) * share }

    /// The sum of two vectors.
    package static func + (a: PlanePoint, b: PlanePoint) -> PlanePoint { PlanePoint(x: a.x + b.x, y: a.y + b.y) }
    /// The difference of two vectors.
    package static func - (a: PlanePoint, b: PlanePoint) -> PlanePoint { PlanePoint(x: a.x - b.x, y: a.y - b.y) }
    /// The vector with its length multiplied by a factor.
    package static func * (a: PlanePoint, factor: Double) -> PlanePoint { PlanePoint(x: a.x * factor, y: a.y * factor) }
}
