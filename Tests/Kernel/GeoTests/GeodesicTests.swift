import Testing

@testable import Geo

@Suite struct GeodesicTests {
    /// Longitude and latitude of two points in degrees, and their distance in metres by GeographicLib (pyproj.Geod,
    /// ellps WGS84).
    private static let oracle: [(Double, Double, Double, Double, Double)] = [
        (-63.420205, -62.148847, 54.33641, -76.106341, 4050718.561160402),
        (12.917522, -23.907373, -159.120387, 1.323561, 17365115.063921425),
        (-166.501563, -11.811068, -154.852048, -72.853084, 6824588.511934899),
        (-27.173092, 58.179678, -135.431294, -49.263464, 15408882.502655014),
        (45.87596, 79.692192, 27.757062, -18.390876, 10939524.814410275),
        (171.451838, -80.708283, 129.048645, -37.449547, 5123428.121250119),
        (-128.06817, -68.032982, -68.946543, 56.270492, 14611017.807625093),
        (-114.938503, 14.524829, 50.008849, -22.713237, 18199494.265241496),
        (17.188008, -77.823562, -158.543579, -52.339349, 5557699.965352420),
        (64.94399, -12.88857, -66.907019, 15.230012, 14838345.510926828),
        (-16.853625, -35.641475, 105.976613, 35.421009, 14916551.938192768),
        (-92.125256, 13.24742, 9.070741, 66.774474, 9144857.097169634),
        (82.600304, -37.747078, 172.862945, -67.984291, 6187953.075068100),
        (-29.475784, 45.771085, -125.285568, -1.964568, 10617291.990523310),
        (76.715683, 43.300465, 76.874426, 43.329675, 13280.324493544),
        (77.050191, 43.194124, 77.167368, 43.231872, 10404.273126377),
        (76.931958, 43.236862, 77.135939, 43.414734, 25772.822852093),
        (76.889639, 43.299246, 76.626041, 43.379843, 23175.028260768),
        (76.958852, 43.397929, 77.152007, 43.311767, 18353.240507267),
        (76.854317, 43.300596, 76.567855, 43.285274, 23309.345478835),
        (0.0, 90.0, 0.0, -90.0, 20003931.458625447),
        (10.0, 90.0, 120.0, 45.0, 5017021.351334979),
        (0.0, 0.0, 90.0, 0.0, 10018754.171394622),
        (0.0, 0.0, 179.0, 0.0, 19926188.851995971),
        (179.9, 10.0, -179.9, 10.1, 24556.579652876),
        (76.9, 43.2, 76.9, 43.2000001, 0.011109663),
        (-120.0, -89.999, 60.0, -89.999, 223.387959119),
    ]

    @Test(arguments: oracle)
    func agreesWithGeographicLib(lon1: Double, lat1: Double, lon2: Double, lat2: Double, metres: Double) {
        let (a, b) = (Coordinate(longitude: lon1, latitude: lat1), Coordinate(longitude: lon2, latitude: lat2))
        #expect(abs(a.distance(to: b) - metres) < 1e-4 + 1e-11 * metres)
        #expect(abs(a.distance(to: b) - b.distance(to: a)) < 1e-6 + 1e-12 * metres)
    }

    @Test(arguments: [
        (0.0, 0.0, 180.0, 0.0, 20_003_931.458_625),
        (0.0, 0.0, 179.7, 0.1, 19_985_791.197_580),
        (20.0, 30.0, -160.0, -30.0, 20_003_931.458_625),
        (20.0, 30.0, -160.3, -29.9, 19_986_108.008_317),
    ])
    func nearlyAntipodalPointsStayWithinTheDocumentedError(
        lon1: Double,
        lat1: Double,
        lon2: Double,
        lat2: Double,
        metres: Double
    ) {
        let (a, b) = (Coordinate(longitude: lon1, latitude: lat1), Coordinate(longitude: lon2, latitude: lat2))
        #expect(abs(a.distance(to: b) - metres) < 0.006 * metres)
    }

    @Test func coincidentPointsAreAtZero() {
        let point = Coordinate(longitude: 76.9, latitude: 43.2)
        #expect(point.distance(to: point) == 0)
        let (west, east) = (Coordinate(longitude: -180, latitude: 10), Coordinate(longitude: 180, latitude: 10))
        #expect(west.distance(to: east) < 1e-6)
        let pole = Coordinate(longitude: 0, latitude: 90)
        #expect(pole.distance(to: Coordinate(longitude: 120, latitude: 90)) < 1e-6)
    }
}
