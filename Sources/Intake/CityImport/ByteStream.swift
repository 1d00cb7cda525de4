import Foundation

/// The bytes of a file, read piece by piece, with the line of each byte and a way back to a marked position.
///
/// Only the bytes since the mark and one piece ahead are in memory.
package struct ByteStream {
    /// A position in the bytes and its line.
    struct Position {
        fileprivate let offset: Int
        let line: Int
    }

    private static let piece = 1 << 18

    private let file: FileHandle?
    private var buffer: [UInt8]
    private var place = 0
    /// The position in the file of the first byte in the buffer.
    private var dropped = 0
    private var mark: Int?
    private var isAtEnd: Bool
    /// Whether the file could not be read to its end.
    private(set) var hasFailed = false
    /// The line of the next byte, from 1.
    private(set) var line = 1

    /// Reads bytes in memory.
    init(_ bytes: [UInt8]) {
        file = nil
        buffer = bytes
        isAtEnd = true
    }

    /// Reads a file.
    init(_ file: FileHandle) {
        self.file = file
        buffer = []
        isAtEnd = false
    }

    /// How many bytes have been read.
    var offset: Int { dropped + place }

    /// The position of the next byte.
    var position: Position { Position(offset: offset, line: line) }

    /// The next byte without consuming it; nil at the end.
    mutating func peek() -> UInt8? {
        if place < buffer.count { return buffer[place] }
        guard fill() else { return nil }
        return buffer[place]
    }

    /// Consumes the next byte.
    mutating func next() -> UInt8? {
        guard let byte = peek() else { return nil }
        place += 1
        if byte == 0x0A { line += 1 }
        return byte
    }

    /// Appends bytes to a text up to a terminating byte; stops at the end of the buffer.
    ///
    /// - Returns: whether the terminating byte or the end of the file was reached.
    mutating func take(into text: inout [UInt8], until isEnd: (UInt8) -> Bool) -> Bool {
        guard peek() != nil else { return true }
        let start = place
        let end = buffer[start...].firstIndex(where: isEnd)
        place = end ?? buffer.count
        for byte in buffer[start..<place] where byte == 0x0A { line += 1 }
        text += buffer[start..<place]
        return end != nil
    }

    /// Up to this many bytes ahead; fewer at the end.
    mutating func ahead(_ count: Int) -> ArraySlice<UInt8> {
        while buffer.count - place < count, fill() {}
        return buffer[place..<min(buffer.count, place + count)]
    }

    /// Keeps the bytes from here on in memory until the mark is moved or removed.
    mutating func setMark() { mark = place }

    /// Removes the mark, so that the bytes behind it can be freed.
    mutating func liftMark() { mark = nil }

    /// The bytes from the mark to here.
    var marked: ArraySlice<UInt8> { buffer[(mark ?? place)..<place] }

    /// How many bytes lie between the mark and here.
    var markedCount: Int { place - (mark ?? place) }

    /// Goes back to a position after the mark.
    mutating func rewind(to position: Position) {
        place = max(position.offset - dropped, mark ?? 0)
        line = position.line
    }

    private mutating func fill() -> Bool {
        guard !isAtEnd, let file else { return false }
        let keptFrom = mark ?? place
        buffer.removeFirst(keptFrom)
        dropped += keptFrom
        place -= keptFrom
        if mark != nil { mark = 0 }
        do {
            let data = try file.read(upToCount: Self.piece) ?? Data()
            isAtEnd = data.isEmpty
            buffer.append(contentsOf: data)
        } catch {
            isAtEnd = true
            hasFailed = true
        }
        return place < buffer.count
    }
}
