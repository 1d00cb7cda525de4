import Geo

/// A point or vector in the plane of the city, metres east and north of its middle.
struct PlanePoint: Hashable, Sendable {
    let x: Double
    let y: Double

    static let zero = PlanePoint(x: 0, y: 0)

    var length: Double { (x * x + y * y).squareRoot() }
    /// The vector of length 1 in the same direction; zero stays zero.
    var unit: PlanePoint {
        let length = length
        return length > 0 ? PlanePoint(x: x / length, y: y / length) : .zero
    }
    /// The vector turned a quarter to the left.
    var left: PlanePoint { PlanePoint(x: -y, y: x) }

    func dot(_ other: PlanePoint) -> Double { x * other.x + y * other.y }
    func cross(_ other: PlanePoint) -> Double { x * other.y - y * other.x }
    func distance(to other: PlanePoint) -> Double { (self - other).length }
    func toward(_ other: PlanePoint, share: Double) -> PlanePoint { self + (other - self) * share }

    static func + (a: PlanePoint, b: PlanePoint) -> PlanePoint { PlanePoint(x: a.x + b.x, y: a.y + b.y) }
    static func - (a: PlanePoint, b: PlanePoint) -> PlanePoint { PlanePoint(x: a.x - b.x, y: a.y - b.y) }
    static func * (a: PlanePoint, factor: Double) -> PlanePoint { PlanePoint(x: a.x * factor, y: a.y * factor) }
}

/// The plane itself: how longitude and latitude become metres and back.
///
/// Scales are those at the city's middle; over 40 km a distance is off by less than 0.3 %, a position not at all.
struct CityPlane: Sendable {
    let origin: Coordinate
    private let metresPerLongitude: Double
    private let metresPerLatitude: Double

    init(around box: BoundingBox) {
        origin = box.center
        let ruler = Ruler(latitude: box.center.latitude)
        metresPerLongitude = ruler.metresPerDegreeOfLongitude
        metresPerLatitude = ruler.metresPerDegreeOfLatitude
    }

    func point(_ coordinate: Coordinate) -> PlanePoint {
        PlanePoint(
            x: (coordinate.longitude - origin.longitude) * metresPerLongitude,
            y: (coordinate.latitude - origin.latitude) * metresPerLatitude
        )
    }

    /// The coordinate, rounded to the six decimals that files hold.
    func coordinate(_ point: PlanePoint) -> Coordinate {
        func rounded(_ value: Double) -> Double { (value * 1e6).rounded() / 1e6 }
        return Coordinate(
            longitude: rounded(origin.longitude + point.x / metresPerLongitude),
            latitude: rounded(origin.latitude + point.y / metresPerLatitude)
        )
    }
}
