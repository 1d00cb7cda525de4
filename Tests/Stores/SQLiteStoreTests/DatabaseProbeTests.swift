import Civic
import Foundation
import GRDB
import TestSupport
import Testing

@testable import SQLiteStore

/// A database under a running server: locked by others, or with its files moved or overwritten.
@Suite struct DatabaseProbeTests {
    private let folder: TemporaryFolder
    private let pool: DatabasePool
    private let probe: DatabaseProbe
    private var path: String { folder.url.appending(path: "portal.sqlite").path }

    init() throws {
        folder = try TemporaryFolder()
        pool = try PortalDatabase.open(path: folder.url.appending(path: "portal.sqlite").path)
        probe = try PortalDatabase.prepareForServing(pool)
    }

    /// A connection that, like another process, may keep a transaction open between two accesses.
    private func anotherProcess(waits seconds: Double = 0) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.busyMode = .timeout(seconds)
        configuration.allowsUnsafeTransactions = true
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    private func count() async throws {
        try await SQLiteAccountStore(pool).transact { db in
            try db.execute(sql: "UPDATE write_probe SET count = count + 1")
        }
    }

    private func counted() async throws -> Int? {
        try await pool.read { db in try Int.fetchOne(db, sql: "SELECT count FROM write_probe") }
    }

    @Test func nothingIsWrongWithASoundDatabase() async throws {
        #expect(await probe.failure() == nil)
        try await count()
        #expect(await probe.failure() == nil)
        #expect(try await counted() == 1)
    }

    @Test(
        "Nothing is committed into files that were deleted or replaced",
        arguments: [("-wal", false), ("-wal", true), ("", false), ("", true)]
    )
    func moved(end: String, isReplaced: Bool) async throws {
        try await count()
        try FileManager.default.removeItem(atPath: path + end)
        if isReplaced { try Data("other".utf8).write(to: URL(filePath: path + end)) }
        #expect(await probe.failure() == .filesMoved)
        let error = await #expect(throws: CivicError.self) { try await count() }
        #expect(try #require(error).isOfStore)
        #expect(try await counted() == 1, "what was read stays readable, and unchanged")
    }

    /// Overwrites a file as `cp` does: the same file gets other bytes.
    private func overwrite(_ end: String, with bytes: Data) throws {
        let file = try FileHandle(forWritingTo: URL(filePath: path + end))
        try file.truncate(atOffset: 0)
        try file.write(contentsOf: bytes)
        // Closing the file would drop the locks that SQLite holds on it in this process, so it stays open.
        _ = Unmanaged.passRetained(file)
    }

    @Test("Nothing is committed into a file that was written over, also with as many bytes", arguments: [true, false])
    func overwritten(isLonger: Bool) async throws {
        var backup = try Data(contentsOf: URL(filePath: path))
        try await count()
        #expect(await probe.failure() == nil)
        try await Task.sleep(for: .milliseconds(20))
        if isLonger { backup += Data(count: 4_096) } else { backup[backup.count - 100] ^= 1 }
        try overwrite("", with: backup)
        #expect(await probe.failure() == .filesMoved)
        await #expect(throws: CivicError.self) { try await count() }
        #expect(await probe.failure() == .filesMoved, "it does not end by itself")
    }

    @Test("A file that has another time and the same bytes is sound, and its log stays")
    func touched() async throws {
        try await count()
        #expect(await probe.failure() == nil)
        let times: [FileAttributeKey: Any] = [.modificationDate: Date(timeIntervalSince1970: 1_700_000_000)]
        try FileManager.default.setAttributes(times, ofItemAtPath: path)
        #expect(await probe.failure() == nil)
        try await count()
        #expect(try probe.renameLogsOfMovedFiles() == [])
        #expect(FileManager.default.fileExists(atPath: path + "-wal"))
    }

    @Test("A log that was emptied or is of another database is noticed", arguments: [Data(), Data(count: 65_536)])
    func overwrittenLog(bytes: Data) async throws {
        try await count()
        try overwrite("-wal", with: bytes)
        #expect(await probe.failure() == .filesMoved)
        await #expect(throws: CivicError.self) { try await count() }
    }

    @Test("Checkpoints of this and of other processes are no failure")
    func checkpoints() async throws {
        let other = try anotherProcess(waits: 60)
        for round in 0..<24 {
            try await count()
            #expect(await probe.failure() == nil)
            let kind: Database.CheckpointMode = [.passive, .full, .restart, .truncate][round % 4]
            let connection: any DatabaseWriter = round % 3 == 0 ? pool : other
            try await connection.writeWithoutTransaction { db in _ = try? db.checkpoint(kind) }
            try await other.write { db in try db.execute(sql: "UPDATE write_probe SET count = count + 1") }
            #expect(await probe.failure() == nil)
        }
        #expect(try await counted() == 48)
    }

    @Test("The files never count as moved while two processes write and run checkpoints")
    func busyCheckpoints() async throws {
        let other = try anotherProcess(waits: 60)
        let files = DatabaseFiles(path: path)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                // A change may be refused while the other process is writing; only the files matter here.
                while !Task.isCancelled {
                    _ = try? await count()
                    try? await Task.sleep(for: .milliseconds(1))
                }
            }
            group.addTask {
                while !Task.isCancelled {
                    #expect(!files.areMoved)
                    try? await Task.sleep(for: .milliseconds(1))
                }
            }
            try await other.write { db in try db.execute(sql: "CREATE TABLE filler (bytes BLOB)") }
            for _ in 0..<20 {
                try await other.write { db in try db.execute(sql: "INSERT INTO filler VALUES (zeroblob(40000))") }
                _ = try? await other.writeWithoutTransaction { db in try db.checkpoint(.passive) }
            }
            group.cancelAll()
        }
        #expect(!files.areMoved)
    }

    @Test("The log is renamed if the database was replaced, and not otherwise")
    func setAside() async throws {
        try await count()
        #expect(try probe.renameLogsOfMovedFiles() == [])
        let backup = folder.url.appending(path: "backup.sqlite")
        try FileManager.default.copyItem(at: URL(filePath: path), to: backup)
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.moveItem(atPath: backup.path, toPath: path)
        let names = try probe.renameLogsOfMovedFiles()
        #expect(names.count == 2)
        for name in names { #expect(FileManager.default.fileExists(atPath: name)) }
        #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
    }

    @Test("Another process's lock is not reported as a fault, and a change that waits too long for it is refused")
    func locked() async throws {
        let other = try anotherProcess()
        try await other.writeWithoutTransaction { db in try db.execute(sql: "BEGIN IMMEDIATE") }
        #expect(await probe.failure() == nil)
        await #expect(throws: CivicError.storeBusy) { try await count() }
        try await other.writeWithoutTransaction { db in try db.execute(sql: "ROLLBACK") }
        try await count()
        #expect(try await counted() == 1)
    }

    @Test("Changes that wait for a lock do not block each other: all proceed once it is free")
    func many() async throws {
        let other = try anotherProcess()
        try await other.writeWithoutTransaction { db in try db.execute(sql: "BEGIN IMMEDIATE") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            // Far longer than a busy machine needs to let go of the lock.
            for _ in 0..<40 {
                group.addTask { [pool] in
                    try await pool.change(patience: .seconds(300)) { db in
                        try db.execute(sql: "UPDATE write_probe SET count = count + 1")
                    }
                }
            }
            try await Task.sleep(for: .milliseconds(300))
            try await other.writeWithoutTransaction { db in try db.execute(sql: "ROLLBACK") }
            try await group.waitForAll()
        }
        #expect(try await counted() == 40)
    }

    @Test func hardlyAnySpaceIsAFullDisk() async throws {
        let files = DatabaseFiles(path: path)
        #expect(await DatabaseProbe(pool, files: files, leastFree: .max).failure() == .diskFull)
    }

    @Test("A failed write is reported until a write succeeds")
    func unwritable() async throws {
        let probe = DatabaseProbe(pool, files: DatabaseFiles(path: path), interval: .zero)
        try await pool.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA query_only = ON") }
        #expect(await probe.failure() == .unwritable)
        try await pool.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA query_only = OFF") }
        #expect(await probe.failure() == nil)
    }
}
