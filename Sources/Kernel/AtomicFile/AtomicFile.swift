public import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// A file that is written completely or not at all.
///
/// The content goes to a temporary file in the same folder, is flushed to the disk and renamed. A full disk or a killed
/// process leaves the previous file in place, and at most a temporary file, which `leftovers(in:)` finds.
public struct AtomicFile {
    /// Why a file could not be written.
    public struct Fault: Error, CustomStringConvertible {
        /// The file that was to be written.
        public let path: String
        /// The system's error code, an `errno` value.
        public let code: Int32

        /// The path and the reason.
        public var description: String { "\(path) cannot be written: \(String(cString: strerror(code)))" }
    }

    /// The suffix of every temporary file name.
    private static let suffix = ".part"

    private let target: URL
    // Nil if the target is not a regular file, such as a pipe; bytes are then written directly to it.
    private let part: URL?
    /// The handle to write the content to.
    public let handle: FileHandle

    /// Creates the temporary file.
    ///
    /// - Parameters:
    ///   - url: the final name of the file; a symbolic link is followed.
    ///   - mode: the permissions from the first byte on, regardless of the umask; nil keeps those of the file that is
    ///     replaced, or uses the defaults.
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

    /// Flushes the file to the disk and renames it to its final name; deletes the temporary file if that fails.
    ///
    /// - Parameter replaces: whether an existing file of that name is replaced.
    /// - Returns: false if such a file exists and was not replaced.
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

    /// Deletes an unfinished file; harmless after `commit`.
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

    /// The temporary files in a folder, left behind by killed processes or being written right now.
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

    // The rename is durable only once the folder is on the disk; if a folder cannot be flushed, the system does it
    // later.
    private func flushFolder() {
        let descriptor = open(target.deletingLastPathComponent().path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
