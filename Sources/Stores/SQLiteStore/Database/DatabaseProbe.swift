public import Civic
import Foundation
import GRDB
import Synchronization

/// Tells whether changes can be saved, judging by the files, the free space and an occasional small write.
public final class DatabaseProbe: StoreProbe {
    /// The disk counts as full with fewer free bytes than this.
    public static let leastFree: UInt64 = 1 << 20
    /// A write that takes longer counts as failed.
    static let longest: Duration = .seconds(10)
    // How often and how long `failure()` waits for a write that is under way; after that the last result holds.
    private static let waits = 20
    private static let wait: Duration = .milliseconds(50)

    private struct State {
        var started: ContinuousClock.Instant?
        var finished: ContinuousClock.Instant?
        var failure: StoreFailure?
    }

    private let database: any DatabaseWriter
    private let files: DatabaseFiles
    private let interval: Duration
    private let leastFree: UInt64
    private let state = Mutex(State())

    init(
        _ database: any DatabaseWriter,
        files: DatabaseFiles,
        interval: Duration = .seconds(5),
        leastFree: UInt64 = DatabaseProbe.leastFree
    ) {
        (self.database, self.files) = (database, files)
        (self.interval, self.leastFree) = (interval, leastFree)
    }

    /// The reason why changes cannot be saved; nil when they can.
    ///
    /// Files and space are checked each time; a write is tried at most once per interval. A lock that another process
    /// holds for a while is no failure.
    public func failure() async -> StoreFailure? {
        if files.areMoved { return .filesMoved }
        if let free = files.freeBytes, free < leastFree { return .diskFull }
        startIfDue()
        for _ in 0..<Self.waits where isRunning { try? await Task.sleep(for: Self.wait) }
        let now = ContinuousClock.now
        return state.withLock { state in
            if let started = state.started, now - started > Self.longest { return .unwritable }
            return state.failure
        }
    }

    /// Renames the log of a database whose files were moved, so that the next start does not replay it into another
    /// file.
    ///
    /// To be called when the server ends, which must then exit without closing the database, because closing would copy
    /// the log as well.
    ///
    /// - Returns: the new names; none when the files are those that were opened.
    /// - Throws: what the file system throws.
    public func renameLogsOfMovedFiles() throws -> [String] { try files.renameLogsIfMoved() }

    private var isRunning: Bool { state.withLock { $0.started != nil } }

    private func startIfDue() {
        let now = ContinuousClock.now
        let isDue = state.withLock { state in
            guard state.started == nil, state.finished.map({ now - $0 >= interval }) ?? true else { return false }
            state.started = now
            return true
        }
        guard isDue else { return }
        // In a separate task, so that callers do not wait for a disk that hangs.
        Task {
            let failure = await tryToWrite()
            state.withLock { $0 = State(started: nil, finished: .now, failure: failure) }
        }
    }

    private func tryToWrite() async -> StoreFailure? {
        do {
            // SQLite does not write a value that stays the same, so it is changed and restored in one transaction.
            try await database.write { db in
                try db.execute(sql: "UPDATE write_probe SET count = count + 1")
                try db.execute(sql: "UPDATE write_probe SET count = count - 1")
            }
            return nil
        } catch StoreError.movedFiles {
            return .filesMoved
        } catch let error as DatabaseError {
            switch error.resultCode {
            case .SQLITE_BUSY, .SQLITE_LOCKED: return nil
            case .SQLITE_FULL: return .diskFull
            default: return .unwritable
            }
        } catch {
            return .unwritable
        }
    }
}
