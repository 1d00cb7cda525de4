import Foundation
import GRDB
import TestSupport
import Testing

@testable import SQLiteStore

@Suite struct SpatiaLiteTests {
    @Test func connectionsMeasureOnTheEllipsoid() async throws {
        let queue = try DatabaseQueue(configuration: SpatiaLite.configuration())
        let metres = "SELECT ST_Distance(MakePoint(76.9, 43.2, 4326), MakePoint(76.91, 43.2, 4326), 1)"
        let distance = try await queue.write { db in
            try db.spatial("SELECT InitSpatialMetadata(0, 'NONE')")
            try db.spatial("SELECT InsertEpsgSrid(4326)")
            return try Double.fetchOne(db, sql: metres)
        }
        #expect(abs((distance ?? 0) - 812.8) < 1)
    }

    @Test(
        "SQL cannot access files: the functions for it do not exist",
        arguments: [
            "eval('1')", "BlobFromFile('/etc/passwd')", "BlobToFile(x'00', '/dev/null')", "load_extension('x')",
        ]
    )
    func noFileFunctions(call: String) async throws {
        let queue = try DatabaseQueue(configuration: SpatiaLite.configuration())
        await #expect(throws: DatabaseError.self) {
            try await queue.read { db in _ = try Row.fetchOne(db, sql: "SELECT \(call)") }
        }
    }

    @Test func relaxedSecurityIsRefused() throws {
        #expect(throws: StoreError.self) {
            try SpatiaLite.refuseRelaxedSecurity(environment: ["SPATIALITE_SECURITY": "relaxed"])
        }
        try SpatiaLite.refuseRelaxedSecurity(environment: [:])
    }

    @Test("A failed spatial statement is an error, not the value 0")
    func spatialStatement() async throws {
        let queue = try DatabaseQueue(configuration: SpatiaLite.configuration())
        await #expect(throws: StoreError.self) {
            try await queue.write { db in
                try db.spatial("SELECT AddGeometryColumn('no_such_table', 'geom', 4326, 'POINT', 'XY')")
            }
        }
    }
}
