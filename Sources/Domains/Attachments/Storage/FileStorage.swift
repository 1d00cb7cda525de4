import AtomicFile
import Civic
public import Foundation
public import NIOPosix

#if canImport(Glibc)
    import Glibc
#endif

/// The files of attachments in a folder, by their digests.
///
/// ```
/// files/3f/3f9a…   contents, in 256 folders by the first two digits
/// locks/3f         a lock for each of them
/// work/…           what is being processed
/// ```
///
/// A content is placed and its record is written under a shared lock of its folder; a content without a record is deleted under an
/// exclusive one. So no content is deleted for which a record is about to be written, in this process or another.
public struct FileStorage: Sendable {
    /// A content as it is on the disk.
    public struct Item: Hashable, Sendable {
        /// Its digest, by its name.
        public let digest: FileDigest
        /// Its size, bytes.
        public let size: Int
        /// When it was written.
        public let written: Date

        /// Describes a content.
        public init(digest: FileDigest, size: Int, written: Date) {
            (self.digest, self.size, self.written) = (digest, size, written)
        }
    }

    /// The two digits of each folder.
    public static let shards = (0...0xFF).map { String(String(0x100 + $0, radix: 16).dropFirst()) }

    private let root: URL
    private let threads: NIOThreadPool
    /// Where files are while they are processed.
    let work: URL

    /// Prepares a folder, making it and the folders in it if they do not exist, for this user only.
    ///
    /// - Throws: `AttachmentsError.fileSystem`.
    public init(_ root: URL, threads: NIOThreadPool = .singleton) throws(AttachmentsError) {
        self.init(reading: root, threads: threads)
        let folders = ["files", "locks", "work"] + Self.shards.map { "files/\($0)" }
        do {
            for name in [""] + folders {
                let folder = name.isEmpty ? root : root.appending(path: name)
                if FileManager.default.fileExists(atPath: folder.path) { continue }
                try FileManager.default.createDirectory(
                    at: folder,
                    withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700]
                )
                try FileOwner.adopt(folder)
            }
        } catch let error as AttachmentsError {
            throw error
        } catch {
            throw .fileSystem(path: root.path, reason: "\(error.localizedDescription)")
        }
        // If a folder's name were lost in a crash, the files in it would be lost as well.
        for name in ["files", "."] { try Self.flush(root.appending(path: name)) }
    }

    /// Refers to a folder for reading only; one that does not exist has no contents.
    public init(reading root: URL, threads: NIOThreadPool = .singleton) {
        (self.root, self.threads, work) = (root, threads, root.appending(path: "work"))
    }

    /// The folder.
    public var folder: URL { root }

    /// Where a content is, whether it exists or not.
    public func url(of digest: FileDigest) -> URL {
        root.appending(path: "files/\(digest.shard)/\(digest.rawValue)")
    }

    /// The free bytes that are available to us on the folder's disk.
    ///
    /// - Throws: `AttachmentsError.fileSystem`.
    public func freeBytes() throws(AttachmentsError) -> Int {
        var status = statvfs()
        guard statvfs(root.path, &status) == 0 else { throw .lastError(root.path) }
        return Int(
            clamping: UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize)).partialValue
        )
    }

    /// Runs blocking work on a thread.
    func onThread<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await threads.runIfActive(work)
    }

    /// Stores a copy of a file, which is on the disk when this returns; a content that exists already is left as it is.
    ///
    /// The caller holds a lock of the digest until the record is written. It blocks.
    ///
    /// - Throws: `AttachmentsError.fileSystem` also when the file is no longer what the digest says.
    func place(_ source: OpenFile, as content: StoredContent) throws(AttachmentsError) {
        let target = url(of: content.digest)
        do {
            if try existing(content.digest)?.size == content.size {
                // Another process may have renamed it a moment ago.
                return try Self.flush(target.deletingLastPathComponent())
            }
            let file = try AtomicFile(target, mode: 0o600)
            do {
                var position = 0
                while case let chunk = try source.bytes(at: position, count: OpenFile.chunk), !chunk.isEmpty {
                    try file.handle.write(contentsOf: chunk)
                    position += chunk.count
                }
                guard position == content.size else {
                    throw AttachmentsError.fileSystem(path: target.path, reason: "the file changed while it was read")
                }
            } catch {
                file.discard()
                throw error
            }
            try file.commit()
        } catch let error as AttachmentsError {
            throw error
        } catch {
            throw .fileSystem(path: target.path, reason: "\(error)")
        }
    }

    /// Deletes a content for good; a missing one is not an error.
    ///
    /// The caller holds the exclusive lock. It blocks.
    ///
    /// - Throws: `AttachmentsError.fileSystem`.
    func delete(_ digest: FileDigest) throws(AttachmentsError) {
        let url = url(of: digest)
        guard unlink(url.path) == 0 || errno == ENOENT else { throw .lastError(url.path) }
        try Self.flush(url.deletingLastPathComponent())
    }

    /// A content as it is on the disk; nil when there is none.
    ///
    /// - Throws: `AttachmentsError.fileSystem`.
    public func existing(_ digest: FileDigest) throws(AttachmentsError) -> Item? {
        var status = stat()
        let path = url(of: digest).path
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT { return nil }
            throw .lastError(path)
        }
        return Item(
            digest: digest,
            size: Int(status.st_size),
            written: Date(timeIntervalSince1970: Double(status.st_mtim.tv_sec))
        )
    }

    /// The contents of one of the 256 folders, blocking while it reads.
    ///
    /// - Throws: `AttachmentsError.fileSystem`.
    func items(in shard: String) throws(AttachmentsError) -> [Item] {
        let folder = root.appending(path: "files/\(shard)")
        guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        } catch {
            throw .fileSystem(path: folder.path, reason: error.localizedDescription)
        }
        var items: [Item] = []
        for digest in names.compactMap(FileDigest.init(rawValue:)) where digest.shard == shard {
            if let item = try existing(digest) { items.append(item) }
        }
        return items
    }

    /// Deletes unfinished files that were begun before a time, blocking, and returns how many.
    ///
    /// - Throws: an error of the file system.
    func deleteUnfinished(in shard: String, before time: Date) throws -> Int {
        let old = try AtomicFile.leftovers(in: root.appending(path: "files/\(shard)")).filter { url in
            let attributes = try? FileManager.default.attributesOfItem(atPath: url.path)
            return (attributes?[.modificationDate] as? Date).map { $0 < time } ?? false
        }
        for url in old { unlink(url.path) }
        return old.count
    }

    /// Takes locks of digests, in an order that all processes share.
    ///
    /// - Throws: `AttachmentsError.fileSystem`, or `CancellationError`.
    func lock(_ digests: [FileDigest], _ mode: StorageLock.Mode) async throws -> StorageLock {
        try await StorageLock(
            Set(digests.map(\.shard)).sorted().map { root.appending(path: "locks/\($0)") },
            mode
        )
    }

    /// Takes the locks of all contents.
    ///
    /// - Throws: `AttachmentsError.fileSystem`, or `CancellationError`.
    func lockAll(_ mode: StorageLock.Mode) async throws -> StorageLock {
        try await StorageLock(Self.shards.map { root.appending(path: "locks/\($0)") }, mode)
    }

    /// Flushes the names of all contents to the disk.
    ///
    /// - Throws: `AttachmentsError.fileSystem`.
    func flush() throws(AttachmentsError) {
        for shard in Self.shards { try Self.flush(root.appending(path: "files/\(shard)")) }
    }

    private static func flush(_ folder: URL) throws(AttachmentsError) {
        let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .lastError(folder.path) }
        defer { close(descriptor) }
        // Some network file systems cannot flush a folder.
        guard fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP else { throw .lastError(folder.path) }
    }
}
