import Foundation

/// How far a write-ahead log is, as the header of its index (`-shm`) says.
///
/// Source: sqlite.org/walformat.html, "The WAL-Index File Format". Numbers are in the byte order of the machine.
struct WriteAheadLogState: Equatable {
    /// Changes each time the log begins anew.
    let salt: UInt64
    /// How many pages were committed to the log.
    let frames: UInt32
    /// The size of a page, bytes.
    let pageSize: UInt32
    /// How many of the pages were copied into the database.
    let copied: UInt32
    /// How many of them were to be copied when a checkpoint last began.
    let copying: UInt32

    /// Whether a checkpoint may be writing into the database at this moment.
    var isCopying: Bool { copied != copying }

    /// How long the log is at least, bytes.
    var leastLogSize: Int64 { 32 + Int64(frames) * (24 + Int64(pageSize)) }

    /// Reads the header of an index.
    ///
    /// - Parameter descriptor: an open descriptor of the `-shm` file.
    /// - Returns: nil when there is no header yet, or one that is being changed.
    init?(descriptor: Int32) {
        var header = [UInt8](repeating: 0, count: 136)
        guard pread(descriptor, &header, header.count, 0) == header.count else { return nil }
        // The header stands there twice; where the two differ a commit is under way.
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
