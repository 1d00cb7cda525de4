import Civic
import Foundation
import GRDB
import TestSupport
import Testing

@testable import SQLiteStore

@Suite struct SpatialDatabaseTests {
    @Test func everyConnectionHasSpatiaLite() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let pool = try SpatialDatabase.open(path: folder.appending(path: "city.sqlite").path)
        let metres = "SELECT ST_Distance(MakePoint(76.9, 43.2, 4326), MakePoint(76.91, 43.2, 4326), 1)"
        let written = try await pool.write { db in try Double.fetchOne(db, sql: metres) }
        let read = try await pool.read { db in try Double.fetchOne(db, sql: metres) }
        #expect(written == read)
        #expect(abs((read ?? 0) - 812.8) < 1)
        let mode = try await pool.read { db in try String.fetchOne(db, sql: "PRAGMA journal_mode") }
        #expect(mode == "wal")
        try pool.close()
    }

    @Test(
        "A database behind a symbolic link is opened and read with the log that stands beside it, not beside the link"
    )
    func symbolicLink() async throws {
        let folder = try TemporaryFolder()
        let real = folder.url.appending(path: "data").appending(path: "city.sqlite")
        try FileManager.default.createDirectory(
            at: real.deletingLastPathComponent(),
            withIntermediateDirectories: false
        )
        let link = folder.url.appending(path: "link.sqlite")
        try SpatialDatabase.open(path: real.path).close()
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: real)
        let pool = try SpatialDatabase.openExisting(path: link.path)
        try await pool.write { db in try db.execute(sql: "UPDATE gazetteerState SET version = 7") }
        #expect(SpatialDatabase.hasLog(path: link.path))
        let version = try await SpatialDatabase.openForReading(path: link.path).read { db in
            try Int.fetchOne(db, sql: "SELECT version FROM gazetteerState")
        }
        #expect(version == 7)
        let probe = try SpatialDatabase.prepareForServing(pool)
        #expect(await probe.trouble() == nil)
        try FileManager.default.removeItem(at: real)
        #expect(await probe.trouble() == .filesMoved)
    }

    @Test("A new database is for its owner alone; one that is there keeps its mode")
    func mode() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "city.sqlite").path
        func modes(_ path: String) throws -> [Int?] {
            try ["", "-wal", "-shm"].map {
                let attributes = try FileManager.default.attributesOfItem(atPath: path + $0)
                return (attributes[.posixPermissions] as? NSNumber)?.intValue
            }
        }
        let pool = try SpatialDatabase.open(path: path)
        #expect(try modes(path) == [0o600, 0o600, 0o600])
        try pool.close()
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
        let again = try SpatialDatabase.open(path: path)
        try await again.write { db in try db.execute(sql: "CREATE TABLE written (id INTEGER PRIMARY KEY)") }
        #expect(try modes(path).first == 0o640)
        try again.close()
    }

    @Test(
        "SQL cannot access files: the functions for it do not exist",
        arguments: [
            "eval('1')", "BlobFromFile('/etc/passwd')", "BlobToFile(x'00', '/dev/null')", "load_extension('x')",
        ]
    )
    func noFileFunctions(call: String) async throws {
        let queue = try SpatialDatabase.inMemory()
        await #expect(throws: DatabaseError.self) {
            try await queue.read { db in _ = try Row.fetchOne(db, sql: "SELECT \(call)") }
        }
    }

    @Test func relaxedSecurityIsRefused() throws {
        #expect(throws: StoreError.self) {
            try SpatialDatabase.refuseRelaxedSecurity(environment: ["SPATIALITE_SECURITY": "relaxed"])
        }
        try SpatialDatabase.refuseRelaxedSecurity(environment: [:])
    }

    @Test("A failed spatial statement is an error, not the value 0")
    func spatialStatement() async throws {
        let queue = try SpatialDatabase.inMemory()
        await #expect(throws: StoreError.self) {
            try await queue.write { db in
                try db.spatial("SELECT AddGeometryColumn('no_such_table', 'geom', 4326, 'POINT', 'XY')")
            }
        }
    }

    @Test func aDatabaseOfANewerVersionIsRefused() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "city.sqlite").path
        let pool = try SpatialDatabase.open(path: path)
        try await pool.write { db in
            try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('9999 from the future')")
        }
        try pool.close()
        #expect(throws: StoreError.self) { try SpatialDatabase.open(path: path) }
    }
}
