import Foundation
import GRDB
import Gazetteer
import TestSupport
import Testing

@testable import SQLiteStore

@Suite struct PortalBackupTests {
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

    private func backup(_ name: String) throws -> PortalBackup {
        try PortalBackup.make(database: path, city: city.file, in: place(name), version: "test")
    }

    /// Writes the same number into two tables in one transaction.
    private func count(_ number: Int) async throws {
        try await pool.write { db in
            try db.execute(sql: "UPDATE write_probe SET count = ?", arguments: [number])
            try db.execute(
                sql: "INSERT INTO used_challenge (hash, expires) VALUES (?, ?)",
                arguments: [Data(String(number).utf8), number]
            )
        }
    }

    private func counts(_ name: String) throws -> [Int] {
        try PortalDatabase.openForReading(path: place(name).appending(path: "portal.sqlite").path).read { db in
            [
                try Int.fetchOne(db, sql: "SELECT count FROM write_probe") ?? -1,
                try Int.fetchOne(db, sql: "SELECT count(*) FROM used_challenge") ?? -1,
            ]
        }
    }

    @Test("Backups made while people write are whole, and have every change saved before they began")
    func underLoad() async throws {
        let writes = 400
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { for number in 1...writes { try await count(number) } }
            group.addTask {
                // An import swaps the city meanwhile.
                for number in 0..<3 {
                    let values = ["id": "new-\(number)", "name_ru": "Рынок"]
                    try city.write([try Stop(TinyCity.record(values, at: (1.5, 0.5)))])
                }
            }
            for number in 0..<5 {
                let saved = try await pool.read { db in try Int.fetchOne(db, sql: "SELECT count FROM write_probe") ?? 0
                }
                _ = try backup("backup-\(number)")
                let found = try counts("backup-\(number)")
                #expect(found[0] == found[1], "a transaction was torn apart")
                #expect(found[0] >= saved)
                _ = try PortalBackup(in: place("backup-\(number)"))
            }
            try await group.waitForAll()
        }
        #expect(try await pool.read { db in try Int.fetchOne(db, sql: "SELECT count FROM write_probe") } == writes)
    }

    @Test("A backup whose files were changed, or are missing, is refused before anything is touched")
    func changed() throws {
        for (number, change) in ["portal.sqlite", "city.sqlite"].enumerated() {
            _ = try backup("backup-\(number)")
            let file = place("backup-\(number)").appending(path: change)
            var bytes = try Data(contentsOf: file)
            bytes[bytes.count / 2] ^= 1
            try bytes.write(to: file)
            #expect(throws: StoreError.self) { try PortalBackup(in: place("backup-\(number)")) }
            try FileManager.default.removeItem(at: file)
            #expect(throws: StoreError.self) { try PortalBackup(in: place("backup-\(number)")) }
        }
        #expect(throws: StoreError.self) { try PortalBackup(in: folder.url) }
    }

    @Test("What a killed backup left is removed by the next one, and a backup that is still being made is not")
    func abandoned() throws {
        let killed = place(".openalmaty-backup-yesterday.part")
        try FileManager.default.createDirectory(at: killed, withIntermediateDirectories: false)
        try Data("personal".utf8).write(to: killed.appending(path: "portal.sqlite"))
        let running = try BackupWorkplace(for: place("today"))
        defer { running.leave() }
        _ = try backup("backup")
        #expect(!FileManager.default.fileExists(atPath: killed.path))
        #expect(FileManager.default.fileExists(atPath: running.folder.path))
        #expect {
            try backup("today")
        } throws: { error in
            if case StoreError.backupIsBeingMade = error { true } else { false }
        }
    }

    @Test("A database with a broken reference is not backed up, because a backup that is needed must be sound")
    func unsound() async throws {
        try await pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA foreign_keys = OFF")
            try db.execute(sql: "INSERT INTO former_address (person, email, changed) VALUES (77, 'a@example.kz', 0)")
            try db.execute(sql: "PRAGMA foreign_keys = ON")
        }
        #expect {
            try backup("backup")
        } throws: { error in
            if case StoreError.damagedDatabase(path, _) = error { true } else { false }
        }
        #expect(!FileManager.default.fileExists(atPath: place("backup").path))
    }

    @Test("A log of another database is not copied into the database by a backup", arguments: [false, true])
    func foreignLog(isWhole: Bool) throws {
        try pool.close()
        let before = try ForeignLog.put(beside: path, in: folder, isWhole: isWhole)
        #expect {
            try backup("backup")
        } throws: { error in
            switch error {
            case StoreError.foreignLog: !isWhole
            case StoreError.foreignDatabase: isWhole
            default: false
            }
        }
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }

    @Test("The portal database is backed up without a city, with an unusable one, and with an older schema")
    func portalAlone() async throws {
        try await count(3)
        try await pool.write { db in
            try db.execute(sql: "DROP TABLE correction")
            try db.execute(sql: "DELETE FROM grdb_migrations WHERE identifier = 'corrections'")
        }
        try Data("no city".utf8).write(to: place("city.sqlite"))
        for name in ["absent.sqlite", "city.sqlite"] {
            let file = CityFile(path: place(name).path)
            let made = try PortalBackup.make(database: path, city: file, in: place("of \(name)"), version: "test")
            #expect(made.cityFault?.contains(name) == true)
            let report = try PortalBackup(in: place("of \(name)"))
                .restore(database: place("new \(name)").path, city: CityFile(path: place("new city").path))
            #expect(report.cityFault != nil && report.kept.isEmpty)
            let restored = try PortalDatabase.openForReading(path: place("new \(name)").path)
            #expect(try await restored.read { db in try Int.fetchOne(db, sql: "SELECT count FROM write_probe") } == 3)
        }
        #expect(!FileManager.default.fileExists(atPath: place("new city").path))
    }

    @Test("A folder that exists is not written into, and a backup that fails leaves nothing")
    func existing() throws {
        _ = try backup("backup")
        let before = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
        #expect(throws: StoreError.self) { try backup("backup") }
        #expect(throws: StoreError.self) {
            let nothing = place("absent.sqlite").path
            _ = try PortalBackup.make(database: nothing, city: city.file, in: place("other"), version: "test")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == before)
    }
}
