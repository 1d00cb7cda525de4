public import Geo

/// One of the eight compass directions.
public enum CompassDirection: String, Sendable, CaseIterable {
    /// North.
    case north = "n"
    /// North-east.
    case northEast = "ne"
    /// East.
    case east = "e"
    /// South-east.
    case southEast = "se"
    /// South.
    case south = "s"
    /// South-west.
    case southWest = "sw"
    /// West.
    case west = "w"
    /// North-west.
    case northWest = "nw"

    // The tangent of 22.5°, half the angle between two directions.
    private static let halfWind = 2.0.squareRoot() - 1

    /// The direction from one point to another, by the mean azimuth; nil when they are equal.
    public init?(from start: Coordinate, to end: Coordinate) {
        let ruler = Ruler(latitude: (start.latitude + end.latitude) / 2)
        var degrees = end.longitude - start.longitude
        // Use the shorter way around the earth.
        if degrees > 180 { degrees -= 360 } else if degrees < -180 { degrees += 360 }
        let east = degrees * ruler.metresPerDegreeOfLongitude
        let north = (end.latitude - start.latitude) * ruler.metresPerDegreeOfLatitude
        guard east * east + north * north > 0 else { return nil }
        if abs(east) <= Self.halfWind * abs(north) {
            self = north > 0 ? .north : .south
        } else if abs(north) <= Self.halfWind * abs(east) {
            self = east > 0 ? .east : .west
        } else if north > 0 {
            self = east > 0 ? .northEast : .northWest
        } else {
            self = east > 0 ? .southEast : .southWest
        }
    }
}
