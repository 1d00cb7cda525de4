public import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// The folder where files that come with forms wait for the end of their request.
///
/// Each process has a folder of its own in it and holds a lock on it, so that after a crash another process finds and deletes what
/// was left, and never what is in use. Nothing is made on the disk before the first file arrives.
public final class UploadSpool: Sendable {
    /// Why a file cannot be received.
    enum Fault: Error {
        /// The current requests have filled the spool.
        case full
        /// The disk is full or the folder cannot be written; with the reason.
        case unwritable(String)
    }

    private struct State {
        var own: URL?
        var lock: Int32 = -1
        var used = 0
    }

    /// The maximum size of all files that wait at one time, in bytes.
    public static let usualCapacity = 1_000_000_000
    private static let lockName = ".lock"

    /// The files of unfinished forms, in a folder beside the spool.
    package let keptFiles: KeptFiles
    private let folder: URL
    private let capacity: Int
    private let state = Mutex(State())

    /// - Parameters:
    ///   - folder: made when the first file arrives, readable by this user only. For files to be kept by renaming, it is on the
    ///     same file system as where they are kept.
    ///   - capacity: the maximum size of all files that wait at one time, in bytes.
    public init(_ folder: URL, capacity: Int = UploadSpool.usualCapacity) {
        (self.folder, self.capacity) = (folder, capacity)
        keptFiles = KeptFiles(folder.deletingLastPathComponent().appending(path: "unfinished"))
    }

    deinit {
        state.withLock { state in
            if let own = state.own { try? FileManager.default.removeItem(at: own) }
            if state.lock >= 0 { close(state.lock) }
        }
    }

    /// A spool in the system's folder for temporary files.
    public static var temporary: UploadSpool {
        UploadSpool(FileManager.default.temporaryDirectory.appending(path: "openalmaty-uploads-\(geteuid())/incoming"))
    }

    /// Deletes what processes that no longer run have left.
    ///
    /// - Throws: an error of the file system; a missing folder is not an error.
    package func deleteLeftovers() throws {
        guard FileManager.default.fileExists(atPath: folder.path) else { return }
        let own = state.withLock(\.own)
        try withFolderLocked {
            for url in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            where url.lastPathComponent != Self.lockName && url.lastPathComponent != own?.lastPathComponent {
                let lock = open(url.appending(path: Self.lockName).path, O_RDWR | O_CLOEXEC)
                defer { if lock >= 0 { close(lock) } }
                if lock < 0 || flock(lock, LOCK_EX | LOCK_NB) == 0 { try FileManager.default.removeItem(at: url) }
            }
        }
    }

    /// A folder for the files of one request.
    ///
    /// - Throws: `Fault.unwritable`.
    func makeRequestFolder() throws(Fault) -> URL {
        do {
            let url = try ownFolder().appending(path: String(UInt64.random(in: .min ... .max), radix: 16))
            try Self.make(url)
            return url
        } catch {
            throw .unwritable("\(error)")
        }
    }

    /// Reserves part of the capacity.
    ///
    /// - Throws: `Fault.full`.
    func reserve(_ bytes: Int) throws(Fault) {
        let isFull = state.withLock { state in
            guard state.used + bytes <= capacity else { return true }
            state.used += bytes
            return false
        }
        if isFull { throw .full }
    }

    /// Releases part of the capacity.
    func release(_ bytes: Int) { state.withLock { $0.used -= bytes } }

    /// How many bytes are reserved.
    var used: Int { state.withLock(\.used) }

    private func ownFolder() throws -> URL {
        if let own = state.withLock(\.own) { return own }
        try Self.make(folder)
        return try withFolderLocked {
            try state.withLock { state in
                if let own = state.own { return own }
                let own = folder.appending(path: "\(getpid())-" + String(UInt64.random(in: .min ... .max), radix: 16))
                try Self.make(own)
                state.lock = try Self.lock(own.appending(path: Self.lockName))
                state.own = own
                return own
            }
        }
    }

    // One process at a time makes or deletes folders: a new one is not yet locked for a moment.
    private func withFolderLocked<Result>(_ body: () throws -> Result) throws -> Result {
        let lock = try Self.lock(folder.appending(path: Self.lockName))
        defer { close(lock) }
        return try body()
    }

    private static func lock(_ url: URL) throws -> Int32 {
        let descriptor = open(url.path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0, flock(descriptor, LOCK_EX) == 0 else {
            throw Fault.unwritable("\(url.path): \(String(cString: strerror(errno)))")
        }
        return descriptor
    }

    private static func make(_ folder: URL) throws {
        try FileManager.default.createDirectory(
            at: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
    }
}
