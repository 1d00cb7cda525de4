/// The list of files in a ZIP archive, read strictly and without unpacking anything.
///
/// Readers of archives differ in how they treat data before, between or after the entries, entries that share bytes, and two
/// entries of one name. Archives with any of these are refused. Source: APPNOTE.TXT 6.3.10 of PKWARE, sections 4.3.7, 4.3.12
/// and 4.3.16.
struct ZipDirectory {
    /// Why an archive is refused.
    enum Fault: Error, Equatable {
        /// The end record, the directory or an entry is missing or contradicts another part.
        case malformed
        /// It has more entries than the limit.
        case tooManyEntries
        /// It is encrypted, packed by an unknown method, or of the 64-bit form, which a file of this size does not need.
        case unsupported
    }

    /// A file in the archive.
    struct Entry: Equatable {
        /// Its path: relative, with slashes.
        let name: String
        /// Its size as packed, bytes.
        let packed: Int
        /// Its size as the directory states it, bytes.
        let unpacked: Int
    }

    /// The entries in the order of the directory.
    let entries: [Entry]

    private static let (endSize, headerSize, localSize) = (22, 46, 30)
    private static let longestComment = 65_535
    /// The most bytes of a directory: the name and the extra fields of an entry are short in documents.
    private static let bytesPerEntry = 1_024

    /// Reads the directory of an archive.
    ///
    /// - Throws: `Fault`, or `AttachmentsError.fileSystem`.
    init(of file: OpenFile, maxEntries: Int) throws {
        guard let end = try Self.end(of: file) else { throw Fault.malformed }
        let record = LittleEndianBytes(try file.bytes(at: end, count: Self.endSize))
        let (count, size, start) = (record.short(10), record.word(12), record.word(16))
        guard count <= maxEntries else { throw Fault.tooManyEntries }
        // All ones refer to a record of the 64-bit form.
        guard count < 0xFFFF, start < 0xFFFF_FFFF else { throw Fault.unsupported }
        guard record.short(4) == 0, record.short(6) == 0, record.short(8) == count, start + size == end,
            size <= count * Self.bytesPerEntry
        else { throw Fault.malformed }
        let directory = LittleEndianBytes(try file.bytes(at: start, count: size))
        guard directory.count == size else { throw Fault.malformed }
        var (position, entries, extents) = (0, [Entry](), [Range<Int>]())
        for _ in 0..<count {
            guard position + Self.headerSize <= size, directory.word(position) == 0x0201_4B50 else {
                throw Fault.malformed
            }
            let length = directory.short(position + 28)
            let next =
                position + Self.headerSize + length + directory.short(position + 30) + directory.short(position + 32)
            guard next <= size else { throw Fault.malformed }
            guard directory.short(position + 8) & 1 == 0, [0, 8].contains(directory.short(position + 10)) else {
                throw Fault.unsupported
            }
            let name = directory.bytes(position + Self.headerSize, length)
            let (packed, offset) = (directory.word(position + 20), directory.word(position + 42))
            let local = LittleEndianBytes(try file.bytes(at: offset, count: Self.localSize + length))
            guard local.count == Self.localSize + length, local.word(0) == 0x0403_4B50, local.short(26) == length,
                local.bytes(Self.localSize, length) == name, let text = Self.path(name)
            else { throw Fault.malformed }
            extents.append(offset..<(offset + Self.localSize + length + local.short(28) + packed))
            entries.append(Entry(name: text, packed: packed, unpacked: directory.word(position + 24)))
            position = next
        }
        guard position == size, Self.areApart(extents, before: start) else { throw Fault.malformed }
        guard Set(entries.map { $0.name.lowercased() }).count == count else { throw Fault.malformed }
        self.entries = entries
    }

    /// The position of the end record of an archive that ends where the file ends; nil when there is none.
    static func end(of file: OpenFile) throws -> Int? {
        let start = max(0, file.size - longestComment - endSize)
        let tail = LittleEndianBytes(try file.bytes(at: start, count: file.size - start))
        guard tail.count >= endSize else { return nil }
        return stride(from: tail.count - endSize, through: 0, by: -1).first { position in
            tail.word(position) == 0x0605_4B50 && position + endSize + tail.short(position + 20) == tail.count
        }
        .map { start + $0 }
    }

    /// A name as a relative path; nil when it is not one.
    private static func path(_ bytes: [UInt8]) -> String? {
        guard let text = String(validating: bytes, as: UTF8.self), !text.isEmpty, !text.hasPrefix("/"),
            text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control && $0 != "\\" && $0 != ":" }),
            !text.split(separator: "/").contains("..")
        else { return nil }
        return text
    }

    /// Whether no two entries share bytes and the first one begins the file.
    private static func areApart(_ extents: [Range<Int>], before end: Int) -> Bool {
        var last = 0
        for extent in extents.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            guard extent.lowerBound >= last, last > 0 || extent.lowerBound == 0 else { return false }
            last = extent.upperBound
        }
        return last <= end && last > 0
    }
}

/// Bytes from which numbers are read, least significant byte first.
private struct LittleEndianBytes {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var count: Int { bytes.count }

    func short(_ position: Int) -> Int { Int(bytes[position]) | Int(bytes[position + 1]) << 8 }

    func word(_ position: Int) -> Int { short(position) | short(position + 2) << 16 }

    func bytes(_ position: Int, _ length: Int) -> [UInt8] { Array(bytes[position..<(position + length)]) }
}
