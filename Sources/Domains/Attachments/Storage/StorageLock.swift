import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Locks on folders of the storage, between processes as well as within one; they end with the object or with the process.
final class StorageLock: Sendable {
    /// Who else may hold the lock.
    enum Mode: Sendable {
        /// Others that place contents.
        case shared
        /// Nobody.
        case exclusive
    }

    private let descriptors: [Int32]

    /// Waits for the locks of files, which are made when they do not exist.
    ///
    /// It polls instead of blocking in a system call: a blocked thread could be the one that the holder of the lock needs in order
    /// to continue.
    ///
    /// - Throws: `AttachmentsError.fileSystem`, or `CancellationError`.
    init(_ files: [URL], _ mode: Mode) async throws {
        var held: [Int32] = []
        do {
            for file in files {
                let descriptor = open(file.path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
                guard descriptor >= 0 else { throw AttachmentsError.lastError(file.path) }
                held.append(descriptor)
                try FileOwner.adopt(descriptor, in: file.deletingLastPathComponent())
                var pause = Duration.milliseconds(1)
                while flock(descriptor, (mode == .shared ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0 {
                    guard errno == EWOULDBLOCK || errno == EINTR else { throw AttachmentsError.lastError(file.path) }
                    try await Task.sleep(for: pause)
                    pause = min(pause * 2, .milliseconds(50))
                }
            }
        } catch {
            for descriptor in held { close(descriptor) }
            throw error
        }
        descriptors = held
    }

    deinit {
        for descriptor in descriptors { close(descriptor) }
    }
}
