/// Walks JSON text by its braces, skipping strings.
struct JSONScanner {
    /// The most bytes kept of a string; names of members and types are shorter.
    private static let longestName = 64

    var stream: ByteStream
    /// The most marked bytes kept; beyond them the mark is removed and `hasOverrun` is set.
    var maxMarked = Int.max
    /// Whether more was marked than can be kept; the caller resets it.
    var hasOverrun = false
    /// How many braces and brackets are open.
    private(set) var depth = 0

    init(_ stream: ByteStream) { self.stream = stream }

    /// Consumes the next byte; if it is a quote, it opens a string, which the caller must skip.
    mutating func next() -> UInt8? {
        guard let byte = step() else { return nil }
        if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") { depth += 1 }
        if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") { depth -= 1 }
        return byte
    }

    /// Skips a string whose opening quote was read and returns its beginning as written; nil when it is never closed.
    ///
    /// - Parameter most: how many bytes of it are kept.
    mutating func string(keeping most: Int = JSONScanner.longestName) -> String? {
        var name: [UInt8] = []
        while let byte = step() {
            if byte == UInt8(ascii: "\"") { return String(decoding: name, as: UTF8.self) }
            if name.count < most { name.append(byte) }
            guard byte == UInt8(ascii: "\\") else { continue }
            guard let escaped = step() else { return nil }
            if name.count < most { name.append(escaped) }
        }
        return nil
    }

    private mutating func step() -> UInt8? {
        if stream.markedCount >= maxMarked {
            stream.liftMark()
            hasOverrun = true
        }
        return stream.next()
    }

    /// Skips white space and then one character, if it is the wanted one.
    mutating func skip(_ wanted: UInt8) -> Bool {
        while let byte = stream.peek(), [0x20, 0x09, 0x0A, 0x0D].contains(byte) { _ = stream.next() }
        guard stream.peek() == wanted else { return false }
        _ = next()
        return true
    }
}

extension JSONScanner {
    /// The first member name, as written, that occurs twice in one object of a JSON text; nil when there is none.
    static func repeatedName(in bytes: some Sequence<UInt8>) -> String? {
        var scanner = JSONScanner(ByteStream(Array(bytes)))
        // The member names of each open object; empty for an array.
        var open: [Set<String>] = []
        while let byte = scanner.next() {
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["): open.append([])
            case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = open.popLast()
            case UInt8(ascii: "\""):
                // Keep the whole name, because long names may differ only at their ends.
                guard let name = scanner.string(keeping: .max) else { return nil }
                guard scanner.skip(UInt8(ascii: ":")), let last = open.indices.last else { continue }
                guard open[last].insert(name).inserted else { return String(name.prefix(longestName)) }
            default: break
            }
        }
        return nil
    }
}
