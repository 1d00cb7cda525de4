import Civic
import Foundation
import GRDB
import Gazetteer
import TestSupport
import Testing

@testable import SQLiteStore

/// The corrections in a database file: what is read of it, and what happens when it cannot be written.
@Suite struct CorrectionFileTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.url.appending(path: "portal.sqlite").path
    }

    private func new() -> NewCorrection {
        NewCorrection(
            .init(layer: .stops, key: "s1", field: "name_ru"),
            value: "Рынок",
            base: "Парк",
            author: PersonID(rawValue: 7),
            reason: "a letter",
            time: Date(timeIntervalSince1970: 1_795_600_000)
        )
    }

    @Test("A database that takes no writes is told as such, not as an error of SQLite")
    func unwritable() async throws {
        let pool = try PortalDatabase.open(path: path)
        _ = try PortalDatabase.prepareForServing(pool)
        let store = SQLiteCorrectionStore(pool)
        let effects = SideEffects(at: .now)
        let id = try #require(try await store.add([new()], with: effects).first)
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: path, configuration: configuration)
        try await other.writeWithoutTransaction { db in try db.execute(sql: "BEGIN IMMEDIATE") }
        await #expect(throws: CivicError.storeBusy) { try await store.add([new()], with: effects) }
        try await other.writeWithoutTransaction { db in try db.execute(sql: "ROLLBACK") }
        try FileManager.default.moveItem(atPath: path, toPath: path + ".away")
        let end = FieldCorrection.End(time: .now, author: PersonID(rawValue: 7))
        await #expect {
            try await store.withdraw(id, end, with: effects)
        } throws: { error in
            if case CivicError.storeUnwritable = error { true } else { false }
        }
    }

    @Test(
        "Reading corrections looks at their table alone, and refuses it when it is damaged",
        arguments: ["correction", "person"]
    )
    func damage(table: String) async throws {
        let pool = try PortalDatabase.open(path: path)
        _ = try await SQLiteCorrectionStore(pool).add([new()], with: SideEffects(at: .now))
        let page = try #require(
            try await pool.read { db in
                try Int.fetchOne(db, sql: "SELECT rootpage FROM sqlite_master WHERE name = ?", arguments: [table])
            }
        )
        // Else the log beside the file would hold the pages that are damaged in it.
        try await pool.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
        try pool.close()
        let handle = try FileHandle(forUpdating: URL(filePath: path))
        try handle.seek(toOffset: UInt64((page - 1) * 4_096))
        try handle.write(contentsOf: Data(repeating: 0xFF, count: 4_096))
        try handle.close()
        func isDamage(_ error: any Error) -> Bool {
            if case StoreError.damagedDatabase(path, _) = error { true } else { false }
        }
        #expect { try PortalDatabase.openForReading(path: path) } throws: { isDamage($0) }
        if table == "correction" {
            #expect { try PortalDatabase.openCorrections(path: path) } throws: { isDamage($0) }
        } else {
            let store = SQLiteCorrectionStore(reading: try PortalDatabase.openCorrections(path: path))
            #expect(try await store.correctionsInForce().count == 1)
        }
    }
}
