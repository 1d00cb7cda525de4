import Foundation
import GRDB
import Gazetteer
import Geo
import TestSupport
import Testing

@testable import SpatiaLiteStore

@Suite struct WellKnownBinaryTests {
    @Test func roundTrip() throws {
        let point = Shape.point(Coordinate(longitude: 76.945123456789, latitude: -43.2))
        #expect(WellKnownBinary.shape(WellKnownBinary.data(point)) == point)
        let area = Shape.area(try TinyCity.square(west: 1, south: 2, size: 3))
        #expect(WellKnownBinary.shape(WellKnownBinary.data(area)) == area)
    }

    @Test("SpatiaLite reads what we write and writes what we read")
    func agreesWithSpatiaLite() async throws {
        let queue = try SpatialDatabase.inMemory()
        let area = Shape.area(try TinyCity.square(west: 1, south: 2, size: 3))
        let data = WellKnownBinary.data(area)
        let back = try await queue.read { db in
            try Data.fetchOne(db, sql: "SELECT AsBinary(GeomFromWKB(?, 4326))", arguments: [data])
        }
        #expect(back.flatMap(WellKnownBinary.shape) == area)
    }

    @Test("Cut-off or scrambled bytes are no shape and no crash", arguments: 0..<40)
    func hostile(length: Int) throws {
        let data = WellKnownBinary.data(.area(try TinyCity.square(west: 1, south: 2, size: 3)))
        #expect(WellKnownBinary.shape(data.prefix(length)) == nil)
        var scrambled = [UInt8](data)
        scrambled[length] ^= 0xFF
        _ = WellKnownBinary.shape(Data(scrambled))
    }
}
