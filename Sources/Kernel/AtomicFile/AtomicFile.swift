public import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// A file that appears under its name whole or not at all.
///
/// It is written under a temporary name in the same folder, flushed to the disk and renamed. A full disk or a killed
/// process leaves what was there before, and at most a temporary file, which `leftovers(in:)` finds.
public struct AtomicFile {
    /// Why a file could not be written.
    public struct Fault: Error, CustomStringConvertible {
        /// The file that was to be written.
        public let path: String
        /// What the system said, an `errno` value.
        public let code: Int32

        /// The path and the reason.
        public var description: String { "\(path) cannot be written: \(String(cString: strerror(code)))" }
    }

    /// The end of every temporary name.
    private static let suffix = ".part"

    private let target: URL
    // Nil where the target is no regular file, such as a pipe: bytes go straight to it.
    private let part: URL?
    /// Takes the bytes.
    public let handle: FileHandle

    /// Makes the temporary file.
    ///
    /// - Parameters:
    ///   - url: the name that the file is to have; a symbolic link is followed.
    ///   - mode: the permissions from the first byte on, whatever the umask is; nil takes those of the file that is
    ///     replaced, or the usual ones.
    /// - Throws: `Fault`.
    public init(_ url: URL, mode: UInt16? = nil) throws(Fault) {
        let target = url.resolvingSymlinksInPath()
        self.target = target
        var status = stat()
        let exists = stat(url.path, &status) == 0
        if exists, status.st_mode & S_IFMT != S_IFREG {
            part = nil
            let descriptor = open(url.path, O_WRONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw Fault(path: url.path, code: errno) }
            handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
            return
        }
        let unique = "\(getpid())-" + String(UInt64.random(in: .min ... .max), radix: 16)
        let part = target.deletingLastPathComponent()
            .appending(path: ".\(target.lastPathComponent).\(unique)\(Self.suffix)")
        let wanted = mode.map { mode_t($0) } ?? (exists ? status.st_mode & 0o777 : nil)
        let descriptor = open(part.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, wanted ?? 0o666)
        guard descriptor >= 0 else { throw Fault(path: url.path, code: errno) }
        // open(2) applied the umask. Ignore a failure (file systems without permissions): the mode is then stricter, not wider.
        if let wanted { fchmod(descriptor, wanted) }
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        self.part = part
    }

    /// Flushes the file to the disk and gives it its name; takes the temporary file away when that fails.
    ///
    /// - Parameter replaces: whether a file of that name is replaced.
    /// - Returns: false when there was one that is not replaced.
    /// - Throws: `Fault`, or what closing the file throws.
    @discardableResult
    public func commit(replaces: Bool = true) throws -> Bool {
        guard let part else {
            try handle.close()
            return true
        }
        do {
            guard fsync(handle.fileDescriptor) == 0 else { throw Fault(path: target.path, code: errno) }
            try handle.close()
            guard try name(part, replaces: replaces) else {
                discard()
                return false
            }
        } catch {
            discard()
            throw error
        }
        flushFolder()
        return true
    }

    /// Takes an unfinished file away; harmless after `commit`.
    public func discard() {
        if let part { unlink(part.path) }
    }

    /// Writes a whole file.
    ///
    /// - Throws: `Fault`, or what writing throws.
    @discardableResult
    public static func write(
        _ data: some DataProtocol,
        to url: URL,
        mode: UInt16? = nil,
        replaces: Bool = true
    ) throws -> Bool {
        let file = try AtomicFile(url, mode: mode)
        do {
            try file.handle.write(contentsOf: data)
        } catch {
            file.discard()
            throw error
        }
        return try file.commit(replaces: replaces)
    }

    /// The temporary files in a folder that a killed process left, or that one is writing just now.
    ///
    /// - Throws: what reading the folder throws.
    public static func leftovers(in folder: URL) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasPrefix(".") && $0.hasSuffix(suffix) }
            .map { folder.appending(path: $0) }
    }

    private func name(_ part: URL, replaces: Bool) throws(Fault) -> Bool {
        if replaces {
            guard rename(part.path, target.path) == 0 else { throw Fault(path: target.path, code: errno) }
            return true
        }
        if link(part.path, target.path) == 0 {
            unlink(part.path)
            return true
        }
        if errno == EEXIST { return false }
        throw Fault(path: target.path, code: errno)
    }

    // The new name lasts only once its folder is on the disk; where a folder cannot be flushed, the system does it later.
    private func flushFolder() {
        let descriptor = open(target.deletingLastPathComponent().path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
