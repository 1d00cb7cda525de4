import Accounts
import Foundation
import GRDB
import TestSupport
import Testing

@testable import SpatiaLiteStore

/// A database under a server: locked by others, or with its files taken away.
@Suite struct DatabaseProbeTests {
    private let folder: TemporaryFolder
    private let pool: DatabasePool
    private let probe: DatabaseProbe
    private var path: String { folder.url.appending(path: "city.sqlite").path }

    init() throws {
        folder = try TemporaryFolder()
        pool = try SpatialDatabase.open(path: folder.url.appending(path: "city.sqlite").path)
        probe = try SpatialDatabase.prepareForServing(pool)
    }

    /// A connection that may keep a transaction open between two accesses, as another process may.
    private func anotherProcess() throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    private func count() async throws {
        try await SpatiaLiteAccountStore(pool).transact { db in
            try db.execute(sql: "UPDATE gazetteerState SET version = version + 1")
        }
    }

    @Test func nothingIsWrongWithASoundDatabase() async throws {
        #expect(await probe.trouble() == nil)
        try await count()
        #expect(await probe.trouble() == nil)
        #expect(try await SpatiaLiteGazetteerStore(pool).version() == 1)
    }

    @Test(
        "Nothing is committed into files that were deleted or replaced",
        arguments: [("-wal", false), ("-wal", true), ("", false), ("", true)]
    )
    func moved(end: String, isReplaced: Bool) async throws {
        try await count()
        try FileManager.default.removeItem(atPath: path + end)
        if isReplaced { try Data("other".utf8).write(to: URL(filePath: path + end)) }
        #expect(await probe.trouble() == .filesMoved)
        let error = await #expect(throws: AccountsError.self) { try await count() }
        #expect(try #require(error).isOfStore)
        #expect(try await SpatiaLiteGazetteerStore(pool).version() == 1, "what was read stays readable, and unchanged")
    }

    @Test("Another process's lock is not reported as a fault, and a change that waits too long for it is refused")
    func locked() async throws {
        let other = try anotherProcess()
        try await other.writeWithoutTransaction { db in try db.execute(sql: "BEGIN IMMEDIATE") }
        #expect(await probe.trouble() == nil)
        await #expect(throws: AccountsError.storeBusy) { try await count() }
        try await other.writeWithoutTransaction { db in try db.execute(sql: "ROLLBACK") }
        try await count()
        #expect(try await SpatiaLiteGazetteerStore(pool).version() == 1)
    }

    @Test("Changes that wait for a lock do not block each other: all go on once it is free")
    func many() async throws {
        let other = try anotherProcess()
        try await other.writeWithoutTransaction { db in try db.execute(sql: "BEGIN IMMEDIATE") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<40 { group.addTask { try await count() } }
            try await Task.sleep(for: .milliseconds(300))
            try await other.writeWithoutTransaction { db in try db.execute(sql: "ROLLBACK") }
            try await group.waitForAll()
        }
        #expect(try await SpatiaLiteGazetteerStore(pool).version() == 40)
    }

    @Test func hardlyAnySpaceIsAFullDisk() async throws {
        let files = DatabaseFiles(path: path)
        #expect(await DatabaseProbe(pool, files: files, leastFree: .max).trouble() == .diskFull)
    }

    @Test("A failed write is reported until a write succeeds")
    func unwritable() async throws {
        let probe = DatabaseProbe(pool, files: DatabaseFiles(path: path), interval: .zero)
        try await pool.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA query_only = ON") }
        #expect(await probe.trouble() == .unwritable)
        try await pool.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA query_only = OFF") }
        #expect(await probe.trouble() == nil)
    }
}
