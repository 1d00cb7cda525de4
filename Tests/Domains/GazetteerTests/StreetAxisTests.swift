import Gazetteer
import Geo
import Testing

@Suite struct StreetAxisTests {
    /// Converts approximate metres to degrees at the equator, where the tests are located.
    private static func line(_ points: (Double, Double)...) -> [Coordinate] {
        points.map { Coordinate(longitude: $0.0 / 111_320, latitude: $0.1 / 110_574) }
    }

    private static let avenue = line((0, 0), (3_000, 0))

    @Test(
        "Parts that continue the axis belong to it; parts across or beside it do not",
        arguments: [
            (line((3_100, 0), (4_000, 50)), true), (line((1_000, 10), (1_000, 600)), false),
            (line((500, 300), (2_000, 300)), false), (line((500, 20), (2_000, 20)), true),
            (line((500, 9_000), (900, 9_000)), true), (line((-900, 300), (-100, 10)), true),
        ]
    )
    func parts(_ part: [Coordinate], _ belongs: Bool) throws {
        let axis = StreetAxis(try MultiLine([part, Self.avenue]))
        #expect(axis.axis.contains(Self.avenue))
        #expect(axis.axis.contains(part) == belongs && axis.beside.contains(part) == !belongs)
    }

    @Test func oneLineIsTheAxis() throws {
        #expect(StreetAxis(try MultiLine([Self.avenue])).axis == [Self.avenue])
    }
}
