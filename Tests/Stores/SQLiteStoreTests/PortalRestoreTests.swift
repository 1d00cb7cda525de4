import Civic
import Foundation
import GRDB
import Gazetteer
import TestSupport
import Testing

@testable import SQLiteStore

/// What a restore puts in place, and what it must never touch.
@Suite struct PortalRestoreTests {
    private let folder: TemporaryFolder
    private let city: CityFixture
    private let pool: DatabasePool

    init() throws {
        folder = try TemporaryFolder()
        city = try CityFixture(TinyCity.contents())
        pool = try PortalDatabase.open(path: folder.url.appending(path: "portal.sqlite").path)
    }

    private var path: String { pool.path }

    private func place(_ name: String) -> URL { folder.url.appending(path: name) }

    private func backup() throws -> PortalBackup {
        try PortalBackup.make(database: path, city: city.file, in: place("backup"), version: "test")
    }

    private func count(_ number: Int) async throws {
        try await pool.write { db in
            try db.execute(sql: "UPDATE write_probe SET count = ?", arguments: [number])
        }
    }

    private func counted(_ path: String) throws -> Int? {
        try PortalDatabase.openForReading(path: path).read { db in
            try Int.fetchOne(db, sql: "SELECT count FROM write_probe")
        }
    }

    /// The content of every file in the folder of the databases.
    private func files() throws -> [String: Data] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).filter { $0 != "backup" }
        return Dictionary(uniqueKeysWithValues: try names.map { ($0, try Data(contentsOf: place($0))) })
    }

    @Test("What was restored is what was saved; the earlier files are kept")
    func restore() async throws {
        try await count(1)
        let version = try await city.store.version()
        let backup = try backup()
        try await count(2)
        try city.write([try Stop(TinyCity.record(["id": "later", "name_ru": "Рынок"], at: (1.5, 0.5)))])
        let later = try await city.store.version()
        #expect {
            try backup.restore(database: path, city: city.file)
        } throws: { error in
            if case StoreError.databaseInUse = error { true } else { false }
        }
        #expect(try await city.store.version() == later)
        try pool.close()
        let report = try backup.restore(database: path, city: city.file)
        #expect(report.cityFault == nil)
        try #require(report.kept.count == 2)
        #expect(try counted(report.kept[0]) == 2)
        #expect(try await SQLiteCityStore(CityFile(path: report.kept[1])).version() == later)
        #expect(try counted(path) == 1)
        #expect(try await city.store.version() == version)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o600)
        #expect(!FileManager.default.fileExists(atPath: path + ".restoring"))
    }

    @Test("The mode of the database stays, so that the group that could open it still can")
    func mode() async throws {
        let backup = try backup()
        try pool.close()
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
        _ = try backup.restore(database: path, city: city.file)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o640)
    }

    @Test("A damaged database can be restored, and one that does not exist")
    func damaged() async throws {
        try await count(1)
        let backup = try backup()
        try pool.close()
        try Data("not a database any more, and longer than its header would be, if it had one".utf8)
            .write(to: URL(filePath: path))
        #expect(try backup.restore(database: path, city: city.file).kept.count == 2)
        let elsewhere = place("new/portal.sqlite").path
        #expect(try backup.restore(database: elsewhere, city: city.file).kept.count == 1, "the city alone was there")
        for restored in [path, elsewhere] { #expect(try counted(restored) == 1) }
    }

    @Test("Neither the portal database nor another program's is taken for a city, nor the other way round")
    func wrongFiles() async throws {
        let backup = try backup()
        try pool.close()
        try ForeignLog.removeLog(of: path)
        let foreign = place("notes.sqlite").path
        let queue = try DatabaseQueue(path: foreign)
        try await queue.write { db in try db.execute(sql: "CREATE TABLE note (text TEXT)") }
        try queue.close()
        try FileManager.default.copyItem(atPath: city.file.path, toPath: place("city.sqlite").path)
        let before = try files()
        let own = place("city.sqlite").path
        for (database, city) in [(own, path), (path, foreign), (foreign, own)] {
            #expect(throws: StoreError.self, "\(database) \(city)") {
                try backup.restore(database: database, city: CityFile(path: city))
            }
        }
        for (database, city) in [
            (path, path), (place("a").path, place("./a").path), (own, place("backup/city.sqlite").path),
        ] {
            #expect {
                try backup.restore(database: database, city: CityFile(path: city))
            } throws: { error in
                if case StoreError.sameFile = error { true } else { false }
            }
        }
        #expect(try files() == before)
    }

    @Test(
        "A log of another database is kept with the earlier one, and replayed into neither",
        arguments: [false, true]
    )
    func foreignLog(isWhole: Bool) async throws {
        try await count(1)
        let backup = try backup()
        try await count(2)
        try pool.close()
        let before = try ForeignLog.put(beside: path, in: folder, isWhole: isWhole)
        let kept = try #require(try backup.restore(database: path, city: city.file).kept.first)
        #expect(try Data(contentsOf: URL(filePath: kept)) == before)
        #expect(FileManager.default.fileExists(atPath: kept + "-wal"))
        #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
        #expect(try counted(path) == 1)
    }

    @Test("A restore that fails before the swap leaves everything as it was, and no copy of the database")
    func failure() async throws {
        let backup = try backup()
        try pool.close()
        try ForeignLog.removeLog(of: path)
        let importing = try CityWorkplace(for: city.file.path, isDryRun: false)
        defer { importing.leave() }
        let before = try files()
        #expect {
            try backup.restore(database: path, city: city.file)
        } throws: { error in
            if case StoreError.cityIsBeingBuilt = error { true } else { false }
        }
        #expect(try files() == before)
    }

    @Test("The name of the database is never without a file, so that a killed restore leaves a database")
    func interruption() async throws {
        try await count(5)
        try pool.close()
        try ForeignLog.removeLog(of: path)
        let kept = try ReplacedFiles([path], at: .now).keep(path)
        #expect(try counted(path) == 5)
        #expect(try counted(try #require(kept)) == 5)
        let again = try ReplacedFiles([path], at: .now).keep(path)
        #expect(again != kept)
    }

    @Test("A restored database has no sessions, codes and links of then, and sends no mail of then again")
    func endedState() async throws {
        _ = try await FullAccount(pool)
        @Sendable func rows(_ db: Database) throws -> [Int] {
            try ["session", "one_time_token", "email_change", "outbox_mail WHERE state = 'waiting'", "person"].map {
                try Int.fetchOne(db, sql: "SELECT count(*) FROM \($0)") ?? 0
            }
        }
        let before = try await pool.read(rows)
        #expect(!before.contains(0), "there is something to end")
        let backup = try backup()
        try pool.close()
        let report = try backup.restore(database: path, city: city.file)
        let restored = try PortalDatabase.openForReading(path: path)
        let after = try await restored.read(rows)
        #expect(after == [0, 0, 0, 0, before[4]])
        #expect(report.sessionsEnded == before[0])
        #expect(report.mailsGivenUp == before[3])
        let last = try await restored.read { db in
            try String.fetchOne(db, sql: "SELECT kind FROM audit_event ORDER BY id DESC LIMIT 1")
        }
        #expect(last == "backupRestored")
    }

    @Test("A backup of a newer version is refused before anything is touched")
    func newer() async throws {
        try await pool.write { db in try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('of a later version')") }
        #expect {
            try backup()
        } throws: { error in
            if case StoreError.newerSchema = error { true } else { false }
        }
    }

    @Test("A backup whose city was changed is restored when the city is left out")
    func withoutCity() async throws {
        try await count(4)
        _ = try backup()
        try pool.close()
        try Data("changed".utf8).write(to: place("backup/city.sqlite"))
        let version = try await city.store.version()
        #expect(throws: StoreError.self) { try PortalBackup(in: place("backup")) }
        let report = try PortalBackup(in: place("backup"), leavingCity: true).restore(database: path, city: city.file)
        #expect(report.kept.count == 1 && report.cityFault != nil)
        #expect(try counted(path) == 4)
        #expect(try await city.store.version() == version)
    }
}
