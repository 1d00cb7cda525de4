import Geo

/// Distances from one point, fast near it and exact everywhere.
struct Distances {
    // Within this many degrees in both directions, the ruler is as accurate as the geodesic.
    private static let reach = 0.4

    private let point: Coordinate
    private let ruler: Ruler

    init(from point: Coordinate) {
        self.point = point
        ruler = Ruler(latitude: point.latitude)
    }

    /// Metres to a position; infinite when it is unknown.
    func metres(to position: Coordinate) -> Double {
        let (dx, dy) = (position.longitude - point.longitude, position.latitude - point.latitude)
        if abs(dx) < Self.reach, abs(dy) < Self.reach { return ruler.distance(from: point, to: position) }
        return position.longitude.isFinite ? point.distance(to: position) : .infinity
    }
}
