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

    @Test("What was restored is what was saved; the earlier database is kept")
    func restore() async throws {
        try await count(1)
        let version = try await city.store.version()
        let backup = try backup("backup")
        try await count(2)
        try city.write([try Stop(TinyCity.record(["id": "later", "name_ru": "Рынок"], at: (1.5, 0.5)))])
        #expect(throws: StoreError.self, "a database that is open is not replaced") {
            try backup.restore(database: path, city: city.file)
        }
        try pool.close()
        let aside = try backup.restore(database: path, city: city.file)
        #expect(aside.count == 1 && FileManager.default.fileExists(atPath: aside[0]))
        let restored = try PortalDatabase.open(path: path)
        #expect(try await restored.read { db in try Int.fetchOne(db, sql: "SELECT count FROM write_probe") } == 1)
        #expect(try await city.store.version() == version)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o600)
    }

    @Test("A damaged database can be restored, and one that does not exist")
    func damaged() async throws {
        try await count(1)
        let backup = try backup("backup")
        try pool.close()
        try Data("not a database any more, and longer than its header would be, if it had one".utf8)
            .write(to: URL(filePath: path))
        #expect(try backup.restore(database: path, city: city.file).count == 1)
        let elsewhere = place("new/portal.sqlite").path
        #expect(try backup.restore(database: elsewhere, city: city.file) == [])
        for restored in [path, elsewhere] {
            let value = try await PortalDatabase.open(path: restored).read { db in
                try Int.fetchOne(db, sql: "SELECT count FROM write_probe")
            }
            #expect(value == 1)
        }
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

    @Test("A folder that exists is not written into, and a backup that fails leaves nothing")
    func existing() throws {
        _ = try backup("backup")
        let before = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
        #expect(throws: StoreError.self) { try backup("backup") }
        let nothing = CityFile(path: place("absent.sqlite").path)
        #expect(throws: StoreError.self) {
            try PortalBackup.make(database: path, city: nothing, in: place("other"), version: "test")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == before)
    }
}
