import Civic
import Foundation
import GRDB
import Gazetteer
import TestSupport
import Testing

@testable import SQLiteStore

@Suite struct PortalDatabaseTests {
    @Test func aNewDatabaseHasALog() async throws {
        let folder = try TemporaryFolder()
        let pool = try PortalDatabase.open(path: folder.url.appending(path: "portal.sqlite").path)
        let mode = try await pool.read { db in try String.fetchOne(db, sql: "PRAGMA journal_mode") }
        #expect(mode == "wal")
        try pool.close()
    }

    @Test("A commit is on the disk before it is answered")
    func durable() async throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "portal.sqlite").path
        for open in [PortalDatabase.open(path:), PortalDatabase.openExisting(path:)] {
            let pool = try open(path)
            let level = try await pool.write { db in try Int.fetchOne(db, sql: "PRAGMA synchronous") }
            #expect(level == 2, "FULL")
            try pool.close()
        }
    }

    @Test("A city file is not taken for a portal database, nor the other way round")
    func otherKind() throws {
        let city = try CityFixture(TinyCity.contents())
        #expect(throws: StoreError.self) { try PortalDatabase.open(path: city.file.path) }
        #expect(throws: StoreError.self) { try PortalDatabase.openExisting(path: city.file.path) }
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "portal.sqlite").path
        try PortalDatabase.open(path: path).close()
        #expect(throws: StoreError.self) { try CityFile(path: path).openForReading() }
        #expect(throws: StoreError.self) { try CityFile(path: path).build(from: .empty) { _ in ImportReport() } }
    }

    @Test("Every table and column is named in snake_case and STRICT")
    func names() async throws {
        let queue = try PortalDatabase.traced()
        try await queue.read { db in
            let tables = try Row.fetchAll(db, sql: "PRAGMA table_list").filter {
                ($0["name"] as String).hasPrefix("sqlite_") == false && $0["name"] != "grdb_migrations"
            }
            #expect(tables.count > 15)
            for table in tables {
                let name: String = table["name"]
                #expect(table["strict"] == 1, "\(name)")
                let columns = try db.columns(in: name).map(\.name)
                for word in [name] + columns { #expect(word.wholeMatch(of: /[a-z][a-z0-9_]*/) != nil, "\(word)") }
            }
        }
    }

    @Test(
        "A database behind a symbolic link is opened and read with the log that stands beside it, not beside the link"
    )
    func symbolicLink() async throws {
        let folder = try TemporaryFolder()
        let real = folder.url.appending(path: "data").appending(path: "portal.sqlite")
        try FileManager.default.createDirectory(
            at: real.deletingLastPathComponent(),
            withIntermediateDirectories: false
        )
        let link = folder.url.appending(path: "link.sqlite")
        try PortalDatabase.open(path: real.path).close()
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: real)
        let pool = try PortalDatabase.openExisting(path: link.path)
        try await pool.write { db in try db.execute(sql: "UPDATE write_probe SET count = 7") }
        #expect(PortalDatabase.hasLog(path: link.path))
        let count = try await PortalDatabase.openForReading(path: link.path).read { db in
            try Int.fetchOne(db, sql: "SELECT count FROM write_probe")
        }
        #expect(count == 7)
        let probe = try PortalDatabase.prepareForServing(pool)
        #expect(await probe.failure() == nil)
        try FileManager.default.removeItem(at: real)
        #expect(await probe.failure() == .filesMoved)
    }

    @Test("A new database is for its owner alone; one that is there keeps its mode")
    func mode() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "portal.sqlite").path
        func modes(_ path: String) throws -> [Int?] {
            try ["", "-wal", "-shm"].map {
                let attributes = try FileManager.default.attributesOfItem(atPath: path + $0)
                return (attributes[.posixPermissions] as? NSNumber)?.intValue
            }
        }
        let pool = try PortalDatabase.open(path: path)
        #expect(try modes(path) == [0o600, 0o600, 0o600])
        try pool.close()
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
        let again = try PortalDatabase.open(path: path)
        try await again.write { db in try db.execute(sql: "CREATE TABLE written (id INTEGER PRIMARY KEY)") }
        #expect(try modes(path).first == 0o640)
        try again.close()
    }

    @Test func aDatabaseOfANewerVersionIsRefused() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "portal.sqlite").path
        let pool = try PortalDatabase.open(path: path)
        try await pool.write { db in
            try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('9999 from the future')")
        }
        try pool.close()
        #expect(throws: StoreError.self) { try PortalDatabase.open(path: path) }
    }
}
