import TestSupport
import Testing

@testable import Geo

@Suite struct RulerTests {
    /// Longitude and latitude of two points in degrees, and their distance in metres by GeographicLib (pyproj.Geod,
    /// ellps WGS84).
    private static let oracle: [(Double, Double, Double, Double, Double)] = [
        (76.767219, -0.153162, 76.783478913, -0.111010474, 4999.999940333),
        (76.751736, -0.100954, 76.922278303, -0.311030039, 30000.000015872),
        (76.732233, -0.020325, 76.731958414, -0.021186085, 100.000024223),
        (77.027712, 0.145594, 77.29292139, 0.097400411, 30000.000017503),
        (77.094587, 0.073089, 77.095200122, 0.072428029, 100.000035535),
        (76.760368, 19.870487, 76.761316686, 19.870589186, 100.000032613),
        (76.704825, 20.132437, 76.748393798, 20.151058143, 4999.999941282),
        (76.701637, 19.967579, 77.05072003, 19.659599536, 50000.000020138),
        (76.827445, 19.850197, 76.457456566, 20.135958616, 49999.999997195),
        (76.961987, 20.095914, 77.090268557, 19.660863237, 49999.999977332),
        (76.856952, 43.209592, 77.081316574, 43.42424998, 30000.000005136),
        (76.724899, 43.076939, 76.726085929, 43.077169617, 99.999990990),
        (76.743971, 43.290291, 77.115710819, 43.649781452, 49999.999946272),
        (76.760506, 43.090586, 76.760515283, 43.090580107, 0.999943821),
        (76.728126, 43.133181, 76.771219503, 43.101103599, 4999.999939194),
        (77.082187, -43.209088, 77.08218899, -43.209096883, 1.000035038),
        (77.039575, -43.052759, 77.118002675, -43.316625893, 29999.999965475),
        (76.824741, -43.392353, 76.763028058, -43.392428555, 5000.000024042),
        (76.891449, -43.173177, 76.891322998, -43.174072385, 100.000019439),
        (77.080394, -43.238697, 77.568394899, -42.965399094, 49999.999973952),
        (77.065658, 60.103257, 77.065675163, 60.103254329, 1.000014110),
        (76.978479, 59.904446, 76.9798067, 59.903845256, 100.000000017),
        (76.842278, 59.889117, 76.614635854, 59.455332211, 49999.999976839),
        (76.831866, 59.889217, 76.830211585, 59.889555321, 99.999973976),
        (77.022431, 60.127333, 77.020635611, 60.127275916, 100.000014628),
        (76.779967, 69.997113, 76.779941003, 69.997111933, 0.999983121),
        (77.016046, 69.988896, 78.252561616, 70.140031759, 49999.999991450),
        (77.082606, 69.978891, 77.032086202, 70.020238603, 5000.000025387),
        (77.082, 69.945854, 77.084567115, 69.946019386, 100.000013155),
        (76.888032, 69.935095, 77.02706384, 69.489503103, 49999.999982523),
    ]

    @Test(arguments: oracle)
    func agreesWithGeographicLib(lon1: Double, lat1: Double, lon2: Double, lat2: Double, metres: Double) {
        let (a, b) = (Coordinate(longitude: lon1, latitude: lat1), Coordinate(longitude: lon2, latitude: lat2))
        #expect(abs(Ruler(latitude: lat1).distance(from: a, to: b) - metres) < 1e-6 + 1e-7 * metres)
        #expect(abs(Ruler(latitude: lat1 + 0.1).distance(from: b, to: a) - metres) < 1e-6 + 1e-7 * metres)
    }

    @Test(arguments: [0.0, 43.25, -60, 70])
    func agreesWithTheGeodesicWithin50Kilometres(latitude: Double) {
        var random = SplitMix64(seed: 11)
        let ruler = Ruler(latitude: latitude)
        for _ in 0..<500 {
            let a = Coordinate(longitude: random.double(-180, 180), latitude: latitude + random.double(-0.3, 0.3))
            let reach = random.double(0, 0.25)
            let b = Coordinate(
                longitude: a.longitude + random.double(-reach, reach) * 1.3,
                latitude: a.latitude + random.double(-reach, reach)
            )
            let exact = a.distance(to: b)
            #expect(abs(ruler.distance(from: a, to: b) - exact) <= 1e-4 + 1e-7 * exact)
        }
    }

    @Test func crossesTheAntimeridian() {
        let ruler = Ruler(latitude: 10)
        let (a, b) = (Coordinate(longitude: 179.95, latitude: 10), Coordinate(longitude: -179.95, latitude: 10))
        #expect(abs(ruler.distance(from: a, to: b) - a.distance(to: b)) < 1e-3)
    }

    @Test func findsTheFootOnAnEdge() {
        var random = SplitMix64(seed: 12)
        let ruler = Ruler(latitude: 43.25)
        for _ in 0..<200 {
            let (a, b) = (random.coordinate(in: .almaty), random.coordinate(in: .almaty))
            let point = random.coordinate(in: .almaty)
            let metres = ruler.nearest(to: point, onEdgeFrom: a, to: b).1
            let sampled =
                (0...2000).map { step in
                    let share = Double(step) / 2000
                    return ruler.distance(from: point, to: Ruler.point(atShare: share, ofEdgeFrom: a, b))
                }.min() ?? .nan
            #expect(metres <= sampled + 1e-3)
            #expect(metres >= sampled - 20)
        }
        // Short edges seen from far away, where the azimuth changes by more than the length of the edge.
        for _ in 0..<200 {
            let (a, point) = (random.coordinate(in: .almaty), random.coordinate(in: .almaty))
            let b = Coordinate(longitude: a.longitude + random.double(-3e-4, 3e-4), latitude: a.latitude + 1e-4)
            let (foot, metres) = ruler.nearest(to: point, onEdgeFrom: a, to: b)
            #expect(metres == ruler.distance(from: point, to: foot))
            let sampled = (0...100).map { step in
                ruler.distance(from: point, to: Ruler.point(atShare: Double(step) / 100, ofEdgeFrom: a, b))
            }
            #expect(metres <= (sampled.min() ?? 0) + 1e-4)
        }
        let here = Coordinate(longitude: 76.9, latitude: 43.2)
        #expect(ruler.nearest(to: here, onEdgeFrom: here, to: here).1 == 0)
    }
}
