import Foundation
public import GRDB
import Synchronization

/// The files of an open database, as they were when it was opened.
///
/// SQLite goes on writing into a file that was deleted or replaced under it: what it acknowledges then is gone at the next
/// start. As an observer of transactions this refuses to commit into such files.
public final class DatabaseFiles: TransactionObserver, Sendable {
    private struct Identity: Equatable {
        let device: UInt64
        let inode: UInt64

        init?(_ path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            (device, inode) = (UInt64(status.st_dev), UInt64(status.st_ino))
        }
    }

    private let path: String
    private let main: Identity?
    // SQLite makes the write-ahead log at the first use, and keeps it as long as a connection is open.
    private let log: Mutex<Identity?>

    /// Remembers the files of a database that is open.
    init(path: String) {
        self.path = path
        main = Identity(path)
        log = Mutex(Identity(path + "-wal"))
    }

    /// Whether the database or its write-ahead log is not the one that was opened.
    var areMoved: Bool {
        guard Identity(path) == main else { return true }
        let now = Identity(path + "-wal")
        return log.withLock { log in
            if log == nil { log = now }
            return log != now
        }
    }

    /// Bytes that are free for the database; nil when the system does not say.
    var freeBytes: UInt64? {
        var status = statvfs()
        let folder = URL(filePath: path).deletingLastPathComponent().path
        guard statvfs(folder, &status) == 0 else { return nil }
        return UInt64(status.f_bavail) * UInt64(status.f_frsize)
    }

    /// Sees no single change, only the end of each transaction.
    public func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { false }

    /// Nothing: no change is observed.
    public func databaseDidChange(with event: DatabaseEvent) {}

    /// Rolls the transaction back when its files were moved.
    ///
    /// - Throws: `StoreError.movedFiles`.
    public func databaseWillCommit() throws {
        if areMoved { throw StoreError.movedFiles(path: path) }
    }

    /// Nothing is left to do.
    public func databaseDidCommit(_ db: Database) {}

    /// Nothing is left to do.
    public func databaseDidRollback(_ db: Database) {}
}
