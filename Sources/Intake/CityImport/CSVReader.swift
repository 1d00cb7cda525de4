/// Splits CSV (RFC 4180, UTF-8, comma) into rows with the line on which each begins.
///
/// A byte order mark is skipped, line ends may be CRLF or LF, and blank lines do not count. A row that is not UTF-8,
/// has broken quotes or is too long is reported as a fault, and reading continues after it.
public struct CSVReader: Sequence, IteratorProtocol {
    /// One row, or why it cannot be read.
    public struct Row: Sendable {
        /// The line on which it begins, from 1.
        public let line: Int
        /// Its fields, or what is wrong with it.
        public let content: Result<[String], Fault>
    }

    /// What is wrong with a row.
    public enum Fault: Error, Sendable, Equatable {
        /// The bytes are not UTF-8; the reason names the encoding that they probably have.
        case notUTF8(reason: String)
        /// A quote occurs inside a field that is not quoted.
        case strayQuote
        /// A quote is opened but never closed.
        case openQuote
        /// The row is longer than the limit.
        case tooLong

        /// What is wrong, in words.
        public var reason: String {
            switch self {
            case .notUTF8(let reason): reason
            case .strayQuote: "a quote stands inside a field; double it and put the field in quotes"
            case .openQuote: "a quote is never closed"
            case .tooLong: "the row is longer than \(longestRow / 1_000_000) MB; a quote may be missing"
            }
        }
    }

    /// The longest row that is read, bytes.
    public static let longestRow = 1_000_000

    private var stream: ByteStream

    /// Reads the bytes of a file.
    public init(_ bytes: [UInt8]) { self.init(ByteStream(bytes)) }

    package init(_ stream: ByteStream) {
        self.stream = stream
        if self.stream.ahead(3).elementsEqual([0xEF, 0xBB, 0xBF]) {
            for _ in 0..<3 { _ = self.stream.next() }
        }
    }

    /// How many bytes have been read.
    var offset: Int { stream.offset }

    /// Whether the file could not be read to its end.
    var hasFailed: Bool { stream.hasFailed }

    /// The next row, nil at the end.
    public mutating func next() -> Row? {
        while let byte = stream.peek(), byte == Self.newline || byte == Self.carriageReturn { _ = stream.next() }
        guard stream.peek() != nil else { return nil }
        let start = stream.line
        stream.setMark()
        defer { stream.liftMark() }
        do {
            return Row(line: start, content: .success(try fields()))
        } catch {
            if case .notUTF8 = error {} else { skipLine() }
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
            fields.append(stream.peek() == Self.quote ? try quoted() : try plain())
            guard stream.markedCount <= Self.longestRow else { throw .tooLong }
            guard stream.peek() == Self.comma else { break }
            _ = stream.next()
        }
        var texts: [String] = []
        texts.reserveCapacity(fields.count)
        for field in fields {
            guard let text = String(validating: field, as: UTF8.self) else {
                throw .notUTF8(reason: FileEncoding.notUTF8(fields.joined()))
            }
            texts.append(text)
        }
        return texts
    }

    private mutating func plain() throws(Fault) -> [UInt8] {
        var field: [UInt8] = []
        while !stream.take(into: &field, until: Self.endsPlainField) {
            guard stream.markedCount < Self.longestRow else { throw .tooLong }
        }
        if stream.peek() == Self.quote { throw .strayQuote }
        return field
    }

    private static func endsPlainField(_ byte: UInt8) -> Bool {
        byte == comma || byte == newline || byte == carriageReturn || byte == quote
    }

    private mutating func quoted() throws(Fault) -> [UInt8] {
        let opening = stream.position
        _ = stream.next()
        var field: [UInt8] = []
        while stream.markedCount < Self.longestRow, stream.peek() != nil {
            guard stream.take(into: &field, until: { $0 == Self.quote }), stream.next() == Self.quote else { continue }
            guard stream.peek() == Self.quote else { return try closed(field) }
            _ = stream.next()
            field.append(Self.quote)
        }
        let fault: Fault = stream.peek() == nil ? .openQuote : .tooLong
        // Go back to the line of the opening quote, so that the rows after it are still read.
        stream.rewind(to: opening)
        throw fault
    }

    private mutating func closed(_ field: [UInt8]) throws(Fault) -> [UInt8] {
        if let byte = stream.peek(), ![Self.comma, Self.newline, Self.carriageReturn].contains(byte) {
            throw .strayQuote
        }
        return field
    }

    // Skip the rest of a faulty line without storing it: it may be as long as the file.
    private mutating func skipLine() {
        stream.liftMark()
        while let byte = stream.peek(), byte != Self.newline { _ = stream.next() }
    }
}
