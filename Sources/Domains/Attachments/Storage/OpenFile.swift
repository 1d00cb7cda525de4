import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// A regular file opened for reading by position, so that it can be read piece by piece from any thread.
final class OpenFile: Sendable {
    /// The bytes to read at a time.
    static let chunk = 262_144

    /// Its size when it was opened, bytes.
    let size: Int
    private let path: String
    private let descriptor: Int32

    /// Opens a file; symbolic links, folders and pipes are refused.
    ///
    /// - Throws: `AttachmentsError.fileSystem`.
    init(_ url: URL) throws(AttachmentsError) {
        path = url.path
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { throw .lastError(path) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .fileSystem(path: path, reason: "it is no regular file")
        }
        size = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// Reads bytes at a position; fewer near the end of the file, and none past it.
    ///
    /// - Throws: `AttachmentsError.fileSystem`.
    func bytes(at position: Int, count: Int) throws(AttachmentsError) -> [UInt8] {
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { room, filled in
            while filled < count {
                let got = pread(
                    descriptor,
                    room.baseAddress?.advanced(by: filled),
                    count - filled,
                    off_t(position + filled)
                )
                if got < 0, errno == EINTR { continue }
                failed = got < 0
                guard got > 0 else { return }
                filled += got
            }
        }
        if failed { throw .lastError(path) }
        return bytes
    }
}

extension AttachmentsError {
    /// The error of the last system call, with its reason.
    static func lastError(_ path: String) -> AttachmentsError {
        .fileSystem(path: path, reason: String(cString: strerror(errno)))
    }
}
