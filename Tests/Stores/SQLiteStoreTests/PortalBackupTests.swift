import Foundation
import GRDB
import Gazetteer
import Synchronization
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

    private func saved() async throws -> Int {
        try await pool.read { db in try Int.fetchOne(db, sql: "SELECT count FROM write_probe") ?? 0 }
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
        let load = Load()
        var overlapped = (writes: 0, swaps: 0)
        let last = try await withThrowingTaskGroup(of: Int.self) { group in
            group.addTask {
                var number = 0
                while !load.ends.withLock({ $0 }) {
                    number += 1
                    try await count(number)
                }
                return number
            }
            group.addTask {
                // Imports swap the city meanwhile.
                while !load.ends.withLock({ $0 }) {
                    let values = ["id": "new-\(load.swaps.withLock { $0 })", "name_ru": "Рынок"]
                    let stop = try Stop(TinyCity.record(values, at: (1.5, 0.5)))
                    try await onThread { try city.write([stop]) }
                    load.swaps.withLock { $0 += 1 }
                }
                return 0
            }
            defer { load.ends.withLock { $0 = true } }
            // Until a write and a swap fell within a backup: the machine may be too busy for the first ones.
            for number in 0..<50 where number < 5 || overlapped.writes == 0 || overlapped.swaps == 0 {
                let (saved, swapped) = (try await self.saved(), load.swaps.withLock { $0 })
                try await onThread { _ = try backup("backup-\(number)") }
                overlapped.swaps += load.swaps.withLock { $0 } - swapped
                let found = try counts("backup-\(number)")
                #expect(found[0] == found[1], "a transaction was torn apart")
                #expect(found[0] >= saved)
                overlapped.writes += try await self.saved() - saved
                _ = try PortalBackup(in: place("backup-\(number)"))
            }
            load.ends.withLock { $0 = true }
            return try await group.reduce(0) { max($0, $1) }
        }
        #expect(overlapped.writes > 0 && overlapped.swaps > 0, "nothing was written while a backup was made")
        #expect(try await saved() == last)
    }

    @Test("A backup whose files were changed, or are missing, is refused before anything is touched")
    func changed() throws {
        for (number, change) in ["portal.sqlite", "city.sqlite"].enumerated() {
            _ = try backup("backup-\(number)")
            let file = place("backup-\(number)").appending(path: change)
            var bytes = try Data(contentsOf: file)
            bytes[bytes.count / 2] ^= 1
            try bytes.write(to: file)
            #expect { try PortalBackup(in: place("backup-\(number)")) } throws: { Self.isUnusable($0, because: change) }
            try FileManager.default.removeItem(at: file)
            #expect { try PortalBackup(in: place("backup-\(number)")) } throws: { Self.isUnusable($0, because: change) }
        }
        #expect { try PortalBackup(in: folder.url) } throws: { Self.isUnusable($0, because: "backup.json") }
    }

    /// Runs work that blocks on a thread of its own, so that the other tasks of a test go on.
    private func onThread(_ work: @escaping @Sendable () throws -> Void) async throws {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try work() }) }
        }
    }

    /// What runs beside the backups.
    private final class Load: Sendable {
        let ends = Mutex(false)
        let swaps = Mutex(0)
    }

    private static func isUnusable(_ error: any Error, because part: String) -> Bool {
        guard case StoreError.unusableBackup(_, let reason) = error else { return false }
        return reason.contains(part)
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
        #expect {
            try backup("backup")
        } throws: { error in
            if case StoreError.existingBackup(place("backup").path) = error { true } else { false }
        }
        let nothing = place("absent.sqlite").path
        #expect {
            try PortalBackup.make(database: nothing, city: city.file, in: place("other"), version: "test")
        } throws: { error in
            if case StoreError.missingDatabase(nothing) = error { true } else { false }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == before)
    }
}
