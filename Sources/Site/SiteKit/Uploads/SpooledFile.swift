import Civic
import Foundation
import NIOCore

#if canImport(Glibc)
    import Glibc
#endif

/// A file of a form while it arrives: nothing is stored before its format is known, or once it is refused.
struct SpooledFile {
    private let rule: FileRules.Field
    private let name: String
    private let url: URL
    private var prefix: [UInt8] = []
    private var format: FileFormat?
    private var handle: FileHandle?
    private(set) var size = 0
    private(set) var refusal: FileFault.Reason?

    /// - Parameters:
    ///   - sentName: the name as the client sent it.
    ///   - url: where to store the file.
    ///   - refusal: why it is refused before anything arrived; nil to receive it.
    init(_ rule: FileRules.Field, sentName: String, at url: URL, refusal: FileFault.Reason?) {
        (self.rule, self.url, self.refusal) = (rule, url, refusal)
        name = FileName.forDisplay(sentName)
        if refusal == nil, !rule.acceptsName(name) { self.refusal = .format }
    }

    /// The fault of the field; nil when the file is received.
    var fault: FileFault? { refusal.map { FileFault(field: rule.name, fileName: name, reason: $0) } }

    /// Takes the next bytes.
    ///
    /// - Parameter remaining: how many more bytes the files of the form may have together.
    /// - Throws: `UploadSpool.Fault`.
    mutating func append(_ bytes: ByteBufferView, remaining: Int, _ spool: UploadSpool) throws(UploadSpool.Fault) {
        guard refusal == nil else { return }
        if bytes.count > rule.bytes - size { return refuse(.tooLarge, spool) }
        if bytes.count > remaining { return refuse(.totalTooLarge, spool) }
        try spool.reserve(bytes.count)
        size += bytes.count
        guard handle != nil else {
            prefix += bytes
            if prefix.count >= FileFormat.prefixLength { try start(spool) }
            return
        }
        try write(Data(bytes))
    }

    /// Completes the file.
    ///
    /// - Returns: the file; nil when it was refused.
    /// - Throws: `UploadSpool.Fault`.
    mutating func finish(_ spool: UploadSpool) throws(UploadSpool.Fault) -> UploadedFile? {
        guard refusal == nil else { return nil }
        guard size > 0 else {
            refuse(.empty, spool)
            return nil
        }
        if handle == nil { try start(spool) }
        guard let format, refusal == nil else { return nil }
        try? handle?.close()
        handle = nil
        return UploadedFile(field: rule.name, name: name, format: format, size: size, url: url)
    }

    /// Decides by the first bytes and stores them.
    private mutating func start(_ spool: UploadSpool) throws(UploadSpool.Fault) {
        guard let format = FileFormat.of(prefix), rule.formats.contains(format) else { return refuse(.format, spool) }
        self.format = format
        let descriptor = open(url.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .unwritable("\(url.path): \(String(cString: strerror(errno)))") }
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try write(Data(prefix))
        prefix = []
    }

    private mutating func refuse(_ reason: FileFault.Reason, _ spool: UploadSpool) {
        refusal = reason
        spool.release(size)
        if handle != nil { try? FileManager.default.removeItem(at: url) }
        (handle, prefix, size) = (nil, [], 0)
    }

    private func write(_ data: Data) throws(UploadSpool.Fault) {
        do { try handle?.write(contentsOf: data) } catch { throw .unwritable("\(url.path): \(error)") }
    }
}
