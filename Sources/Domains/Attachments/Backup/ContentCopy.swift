import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Gives a content a second place without reading it where that is possible: contents never change, so a second name is enough.
enum ContentCopy {
    /// Makes a hard link, or else a copy, which shares its blocks with the original on file systems that can.
    ///
    /// The copy is on the disk when this returns, but its name may not be.
    ///
    /// - Returns: false when there is no such file.
    /// - Throws: `AttachmentsError.fileSystem`.
    static func place(_ source: URL, at target: URL) throws(AttachmentsError) -> Bool {
        if link(source.path, target.path) == 0 { return true }
        if errno == ENOENT { return false }
        // The target is on another file system, or the file system has no hard links or already too many for this file.
        return try copy(source, to: target)
    }

    /// Makes a copy.
    ///
    /// - Returns: false when there is no such file.
    /// - Throws: `AttachmentsError.fileSystem`.
    static func copy(_ source: URL, to target: URL) throws(AttachmentsError) -> Bool {
        let input = open(source.path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard input >= 0 else {
            if errno == ENOENT { return false }
            throw .lastError(source.path)
        }
        defer { close(input) }
        let output = open(target.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard output >= 0 else { throw .lastError(target.path) }
        defer { close(output) }
        guard share(input, output) || stream(input, output), fsync(output) == 0 else {
            let error = AttachmentsError.lastError(target.path)
            unlink(target.path)
            throw error
        }
        return true
    }

    /// Lets the copy share the blocks of the original (`FICLONE`, ioctl_ficlone(2)).
    ///
    /// - Returns: false when the file system cannot; nothing was copied then.
    private static func share(_ input: Int32, _ output: Int32) -> Bool { ioctl(output, 0x4004_9409, input) == 0 }

    private static func stream(_ input: Int32, _ output: Int32) -> Bool {
        var buffer = [UInt8](repeating: 0, count: OpenFile.chunk)
        while true {
            let got = read(input, &buffer, buffer.count)
            if got == 0 { return true }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { return false }
            var written = 0
            while written < got {
                let count = buffer.withUnsafeBytes { bytes in
                    bytes.baseAddress.map { write(output, $0 + written, got - written) } ?? -1
                }
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                written += count
            }
        }
    }
}
