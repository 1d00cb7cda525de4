import Foundation
import GRDB
import Gazetteer
import Geo
import TestSupport
import Testing

@testable import SQLiteStore

@Suite struct WellKnownBinaryTests {
    @Test func roundTrip() throws {
        let point = Shape.point(Coordinate(longitude: 76.945123456789, latitude: -43.2))
        #expect(WellKnownBinary.shape(WellKnownBinary.data(point)) == point)
        let area = Shape.area(try TinyCity.square(west: 1, south: 2, size: 3))
        #expect(WellKnownBinary.shape(WellKnownBinary.data(area)) == area)
        let line = Shape.line(try Self.line())
        #expect(WellKnownBinary.shape(WellKnownBinary.data(line)) == line)
    }

    private static func line() throws -> MultiLine {
        try TinyCity.line([[(76.9, 43.2), (76.95, 43.21)], [(76.96, 43.2), (77, 43.25), (77.1, 43.3)]])
    }

    @Test("SpatiaLite reads what we write and writes what we read")
    func agreesWithSpatiaLite() async throws {
        let queue = try DatabaseQueue(configuration: SpatiaLite.configuration())
        for shape in [
            Shape.area(try TinyCity.square(west: 1, south: 2, size: 3)), .line(try Self.line()),
            .line(try TinyCity.line([[(76.9, 43.2), (76.95, 43.21)]])),
        ] {
            let data = WellKnownBinary.data(shape)
            let back = try await queue.read { db in
                try Data.fetchOne(db, sql: "SELECT AsBinary(GeomFromWKB(?, 4326))", arguments: [data])
            }
            #expect(back.flatMap(WellKnownBinary.shape) == shape)
        }
    }

    @Test("Truncated or scrambled bytes give no shape and do not crash", arguments: 0..<40)
    func hostile(length: Int) throws {
        for shape in [Shape.area(try TinyCity.square(west: 1, south: 2, size: 3)), .line(try Self.line())] {
            let data = WellKnownBinary.data(shape)
            #expect(WellKnownBinary.shape(data.prefix(length)) == nil)
            var scrambled = [UInt8](data)
            scrambled[length] ^= 0xFF
            _ = WellKnownBinary.shape(Data(scrambled))
        }
    }
}
