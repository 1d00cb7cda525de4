import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// A folder for one file while it is processed; it is deleted with the object, and after a crash by `deleteLeftovers`.
final class WorkFolder: Sendable {
    /// How old a folder without a lock must be before it counts as left behind: it is made a moment before it is locked.
    private static let youngest: TimeInterval = 60

    /// The folder.
    let url: URL
    private let descriptor: Int32

    /// Makes a folder in another one, for this user only.
    ///
    /// - Throws: `AttachmentsError.fileSystem`.
    init(in parent: URL) throws(AttachmentsError) {
        url = parent.appending(path: String(UInt64.random(in: .min ... .max), radix: 16))
        guard mkdir(url.path, 0o700) == 0 else { throw .lastError(url.path) }
        descriptor = open(url.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw .lastError(url.path) }
        try FileOwner.adopt(descriptor, in: parent)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
        close(descriptor)
    }

    /// A copy of a file in the folder, which nobody else changes while it is processed.
    ///
    /// - Throws: `AttachmentsError.fileSystem`.
    func copy(of source: OpenFile) throws(AttachmentsError) -> URL {
        let target = url.appending(path: "sent")
        let output = open(target.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard output >= 0 else { throw .lastError(target.path) }
        let handle = FileHandle(fileDescriptor: output, closeOnDealloc: true)
        var position = 0
        while case let chunk = try source.bytes(at: position, count: OpenFile.chunk), !chunk.isEmpty {
            do { try handle.write(contentsOf: chunk) } catch {
                throw .fileSystem(path: target.path, reason: "\(error)")
            }
            position += chunk.count
        }
        return target
    }

    /// Deletes the folders that ended processes have left, and returns how many.
    ///
    /// - Throws: an error of the file system.
    static func deleteLeftovers(in parent: URL, now: Date) throws -> Int {
        var count = 0
        for url in try FileManager.default.contentsOfDirectory(at: parent, includingPropertiesForKeys: nil) {
            let descriptor = open(url.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
            guard descriptor >= 0 else { continue }
            defer { close(descriptor) }
            var status = stat()
            guard fstat(descriptor, &status) == 0,
                Double(status.st_mtim.tv_sec) < now.timeIntervalSince1970 - youngest,
                flock(descriptor, LOCK_EX | LOCK_NB) == 0
            else { continue }
            try FileManager.default.removeItem(at: url)
            count += 1
        }
        return count
    }
}
