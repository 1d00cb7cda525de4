import Foundation
public import GRDB
import Synchronization

/// The files of an open database, as they were when it was opened.
///
/// SQLite keeps writing into a file that was deleted, replaced or overwritten, and what it acknowledges then is gone at
/// the next start. As a transaction observer, this class refuses to commit into such files.
///
/// Only a checkpoint of SQLite writes into the database file itself, and the index of the log reveals each. So a file
/// that has changed while the index has not was written by another program, such as `cp`.
public final class DatabaseFiles: TransactionObserver, Sendable {
    private struct Identity: Equatable {
        let device: UInt64
        let inode: UInt64
    }

    /// Attributes that change when a file is written.
    private struct Content: Equatable {
        let size: Int64
        let seconds: Int
        let nanoseconds: Int
    }

    /// What the database held when no checkpoint was under way, and the log at that time.
    private struct Baseline {
        let content: Content
        let digest: Int?
        let log: WriteAheadLogState
    }

    private struct Observations {
        // SQLite creates the log and its index at the first use and keeps them as long as a connection is open.
        var log: Identity?
        var index: Identity?
        var indexDescriptor: Int32?
        var mainDescriptor: Int32?
        var baseline: Baseline?
        var isOverwritten = false
    }

    private static let blockBytes = 1 << 20
    /// Up to this size, bytes, a file whose time alone has changed is compared with what it held; beyond it, the time counts.
    private static let largestCompared: Int64 = 64 << 20

    private let path: String
    private let main: Identity?
    private let observed = Mutex(Observations())

    /// Remembers the files of a database that is open.
    init(path: String) {
        self.path = path
        main = Self.status(path)?.identity
        _ = areMoved
    }

    /// Whether the database, its write-ahead log or the log's index is not the one that was opened, or was written by a
    /// program other than SQLite.
    var areMoved: Bool {
        guard let status = Self.status(path), status.identity == main else { return true }
        let log = Self.status(path + "-wal")?.identity
        let index = Self.status(path + "-shm")?.identity
        return observed.withLock { observed in
            observed.log = observed.log ?? log
            observed.index = observed.index ?? index
            guard observed.log == log, observed.index == index else { return true }
            if !observed.isOverwritten { look(&observed) }
            return observed.isOverwritten
        }
    }

    /// Renames the log and its index when the database was moved or overwritten.
    ///
    /// Otherwise the next start would replay them into the file that has taken the place of the database. Nothing
    /// happens when the files are those that were opened.
    ///
    /// - Returns: the new names.
    /// - Throws: what the file system throws.
    func renameLogsIfMoved() throws -> [String] {
        guard areMoved else { return [] }
        let ending = ".aside-\(Int(Date.now.timeIntervalSince1970))"
        let own = observed.withLock { [("-wal", $0.log), ("-shm", $0.index)] }
        return try own.compactMap { end, identity in
            guard let identity, Self.status(path + end)?.identity == identity else { return nil }
            try FileManager.default.moveItem(atPath: path + end, toPath: path + end + ending)
            return path + end + ending
        }
    }

    /// Free bytes on the database's file system; nil when the system does not report them.
    var freeBytes: UInt64? {
        var status = statvfs()
        let folder = URL(filePath: path).deletingLastPathComponent().path
        guard statvfs(folder, &status) == 0 else { return nil }
        return UInt64(status.f_bavail) * UInt64(status.f_frsize)
    }

    private func look(_ observed: inout Observations) {
        if observed.indexDescriptor == nil, observed.index != nil {
            // Never closed: closing any descriptor of a file drops all locks that SQLite holds on it in this process.
            let descriptor = open(path + "-shm", O_RDONLY | O_CLOEXEC)
            if descriptor >= 0 { observed.indexDescriptor = descriptor }
        }
        if observed.mainDescriptor == nil {
            // Never closed either, for the same reason.
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            if descriptor >= 0 { observed.mainDescriptor = descriptor }
        }
        guard let descriptor = observed.indexDescriptor, let main = observed.mainDescriptor,
            let before = WriteAheadLogState(descriptor: descriptor),
            let content = Self.status(path)?.content
        else { return }
        let isLogSound = before.frames == 0 || isLog(of: before)
        let isAsBefore = observed.baseline?.content == content
        let digest = isAsBefore ? observed.baseline?.digest : Self.digest(of: main, size: content.size)
        // What was read between two equal states belongs to that state.
        guard WriteAheadLogState(descriptor: descriptor) == before, !before.isCopying else { return }
        if let baseline = observed.baseline, baseline.log.copied == before.copied, baseline.log.salt == before.salt {
            // Programs that only set times, such as `touch`, change nothing.
            let isSame = baseline.content.size == content.size && digest != nil && baseline.digest == digest
            observed.isOverwritten = baseline.content != content && !isSame
        }
        if !isLogSound { observed.isOverwritten = true }
        observed.baseline = Baseline(content: content, digest: digest, log: before)
    }

    /// A hash of the whole file, equal only within one process; nil where it is too large or cannot be read.
    private static func digest(of descriptor: Int32, size: Int64) -> Int? {
        guard size <= largestCompared else { return nil }
        var hasher = Hasher()
        var block = [UInt8](repeating: 0, count: blockBytes)
        var place: Int64 = 0
        while place < size {
            let count = pread(descriptor, &block, blockBytes, off_t(place))
            guard count > 0 else { return nil }
            block.withUnsafeBytes { hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            place += Int64(count)
        }
        return hasher.finalize()
    }

    /// Whether the file now under the log's name is long enough and begins as the index says.
    private func isLog(of state: WriteAheadLogState) -> Bool {
        guard let content = Self.status(path + "-wal")?.content, content.size >= state.leastLogSize else {
            return false
        }
        let descriptor = open(path + "-wal", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return true }
        // SQLite holds no locks on the log itself, so this descriptor may be closed.
        defer { close(descriptor) }
        var salt: UInt64 = 0
        return pread(descriptor, &salt, 8, 16) == 8 && salt == state.salt
    }

    private static func status(_ path: String) -> (identity: Identity, content: Content)? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        let identity = Identity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
        let modified = status.st_mtim
        return (identity, Content(size: Int64(status.st_size), seconds: modified.tv_sec, nanoseconds: modified.tv_nsec))
    }

    /// Returns false, because only the end of each transaction matters, not single changes.
    public func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { false }

    /// Does nothing, because no change is observed.
    public func databaseDidChange(with event: DatabaseEvent) {}

    /// Rolls the transaction back if its files were moved.
    ///
    /// - Throws: `StoreError.movedFiles`.
    public func databaseWillCommit() throws {
        if areMoved { throw StoreError.movedFiles(path: path) }
    }

    /// Records the state of the files, which a checkpoint may have changed.
    public func databaseDidCommit(_ db: Database) { _ = areMoved }

    /// Does nothing.
    public func databaseDidRollback(_ db: Database) {}
}
