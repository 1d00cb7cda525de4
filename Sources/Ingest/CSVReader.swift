/// Splits CSV (RFC 4180, UTF-8, comma) into rows with the line each begins in.
///
/// A byte order mark is skipped, line ends may be CRLF or LF, blank lines do not count. A row that is no UTF-8 or whose
/// quotes are broken comes as a fault, and reading goes on after it.
public struct CSVReader: Sequence, IteratorProtocol {
    /// One row, or why it cannot be read.
    public struct Row: Sendable {
        /// The line it begins in, from 1.
        public let line: Int
        /// Its fields, or what is wrong with it.
        public let content: Result<[String], Fault>
    }

    /// What is wrong with a row.
    public enum Fault: Error, Sendable {
        /// The bytes are no UTF-8.
        case notUTF8
        /// A quote stands inside a field that is not quoted.
        case strayQuote
        /// A quote is opened and never closed.
        case openQuote

        /// What is wrong, in words.
        public var reason: String {
            switch self {
            case .notUTF8: "the text is not UTF-8"
            case .strayQuote: "a quote stands inside a field; double it and put the field in quotes"
            case .openQuote: "a quote is never closed"
            }
        }
    }

    private let bytes: [UInt8]
    private var offset: Int
    private var line = 1

    /// Reads the bytes of a file.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
        offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// The next row, nil at the end.
    public mutating func next() -> Row? {
        while offset < bytes.count, bytes[offset] == Self.newline || bytes[offset] == Self.carriageReturn {
            if bytes[offset] == Self.newline { line += 1 }
            offset += 1
        }
        guard offset < bytes.count else { return nil }
        let start = line
        do {
            return Row(line: start, content: .success(try fields()))
        } catch {
            if error != .notUTF8 { skipLine() }
            return Row(line: start, content: .failure(error))
        }
    }

    private static let newline = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let quote = UInt8(ascii: "\"")
    private static let comma = UInt8(ascii: ",")

    private mutating func fields() throws(Fault) -> [String] {
        var fields: [[UInt8]] = []
        while true {
            fields.append(offset < bytes.count && bytes[offset] == Self.quote ? try quoted() : try plain())
            guard offset < bytes.count, bytes[offset] == Self.comma else { break }
            offset += 1
        }
        var texts: [String] = []
        for field in fields {
            guard let text = String(validating: field, as: UTF8.self) else { throw .notUTF8 }
            texts.append(text)
        }
        return texts
    }

    private mutating func plain() throws(Fault) -> [UInt8] {
        let start = offset
        while offset < bytes.count {
            switch bytes[offset] {
            case Self.comma, Self.newline, Self.carriageReturn: return Array(bytes[start..<offset])
            case Self.quote: throw .strayQuote
            default: offset += 1
            }
        }
        return Array(bytes[start...])
    }

    private mutating func quoted() throws(Fault) -> [UInt8] {
        let opening = (offset, line)
        offset += 1
        var field: [UInt8] = []
        while offset < bytes.count {
            let byte = bytes[offset]
            offset += 1
            if byte == Self.quote {
                guard offset < bytes.count, bytes[offset] == Self.quote else { return try closed(field) }
                offset += 1
            } else if byte == Self.newline {
                line += 1
            }
            field.append(byte)
        }
        // Back to the row's own line, so that the rows after it are still read.
        (offset, line) = opening
        throw .openQuote
    }

    private func closed(_ field: [UInt8]) throws(Fault) -> [UInt8] {
        if offset < bytes.count, ![Self.comma, Self.newline, Self.carriageReturn].contains(bytes[offset]) {
            throw .strayQuote
        }
        return field
    }

    private mutating func skipLine() {
        while offset < bytes.count, bytes[offset] != Self.newline { offset += 1 }
    }
}
