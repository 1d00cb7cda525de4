import Foundation

/// The state of a write-ahead log according to the header of its index (`-shm`).
///
/// Source: sqlite.org/walformat.html, "The WAL-Index File Format". Numbers are in the byte order of the machine.
struct WriteAheadLogState: Equatable {
    /// A value that changes each time the log restarts.
    let salt: UInt64
    /// The number of pages committed to the log.
    let frames: UInt32
    /// The size of a page in bytes.
    let pageSize: UInt32
    /// The number of pages copied into the database so far.
    let copied: UInt32
    /// The number of pages that the last checkpoint set out to copy.
    let copying: UInt32

    /// Whether a checkpoint may be writing into the database right now.
    var isCopying: Bool { copied != copying }

    /// The least length of the log in bytes.
    var leastLogSize: Int64 { 32 + Int64(frames) * (24 + Int64(pageSize)) }

    /// Reads the header of an index.
    ///
    /// - Parameter descriptor: an open descriptor of the `-shm` file.
    /// - Returns: nil when there is no header yet, or it is being changed.
    init?(descriptor: Int32) {
        var header = [UInt8](repeating: 0, count: 136)
        guard pread(descriptor, &header, header.count, 0) == header.count else { return nil }
        // The header is stored twice; the copies differ while a commit is under way.
        guard header[..<48] == header[48..<96], header[12] == 1 else { return nil }
        func number<Value: FixedWidthInteger>(at offset: Int, as type: Value.Type) -> Value {
            header.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: type) }
        }
        salt = number(at: 32, as: UInt64.self)
        frames = number(at: 16, as: UInt32.self)
        let size = UInt32(number(at: 14, as: UInt16.self))
        pageSize = size == 1 ? 65_536 : size
        copied = number(at: 96, as: UInt32.self)
        copying = number(at: 128, as: UInt32.self)
    }
}
