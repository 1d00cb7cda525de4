package import NIOCore

/// Splits a multipart body into its parts while it arrives.
///
/// The result does not depend on how the body is cut into chunks, and no more than one part header is held in memory. Where readers
/// of multipart bodies disagree, the body is refused: see `Fault`. Source: RFC 2046 §5.1.1, RFC 7578.
package struct MultipartParser {
    /// What was read.
    package enum Event: Equatable {
        /// A part begins.
        case part(MultipartPart)
        /// The next bytes of its content; never empty.
        case bytes(ByteBufferView)
        /// The part is complete.
        case end
    }

    /// Why a body is refused.
    package enum Fault: Error, Equatable, Sendable {
        /// The content type is not multipart/form-data with one valid boundary.
        case boundary
        /// Something other than a line end or the closing hyphens follows a boundary, or a part has no content at all.
        case delimiter
        /// A header is longer than `longestHeader` or has more than `maxHeaderLines` lines.
        case headerTooLarge
        /// A header field is malformed, unknown in value, folded or repeated.
        case header(String)
        /// There are more than `maxParts` parts.
        case tooManyParts
        /// The body ended before its closing boundary.
        case incomplete
    }

    /// The media type of the bodies.
    package static let type = "multipart/form-data"
    /// The maximum size of the header of one part, in bytes.
    package static let longestHeader = 4_096
    /// The maximum number of lines in the header of one part.
    package static let maxHeaderLines = 8
    /// The maximum number of parts.
    package static let maxParts = 1_000

    private enum State {
        /// In the content of a part, or before the first one.
        case content
        /// After a boundary; then after the first hyphen that closes the body, in white space, after its carriage return.
        case delimited, hyphen, padding, paddingEnd
        /// In the header of a part; after the carriage return of a line.
        case header, lineEnd
        /// After the closing boundary; after a carriage return there; in the epilogue, which is ignored.
        case closed, closedEnd, epilogue
    }

    private static let (tab, lineFeed, carriageReturn) = (UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"))
    private static let (space, hyphenMark) = (UInt8(ascii: " "), UInt8(ascii: "-"))

    /// Line end, two hyphens, boundary.
    ///
    /// Its only carriage return is the first byte.
    private let delimiter: ByteBufferView
    private var state = State.content
    /// How many bytes of the delimiter have been seen.
    private var matched = 2
    /// How many of these were not in the content but before it: the line end before the body or before the content.
    private var borrowed = 2
    private var isInPart = false
    private var parts = 0
    private var lines: [[UInt8]] = []
    private var line: [UInt8] = []
    private var headerLength = 0

    /// Prepares for a body.
    ///
    /// - Parameter contentType: the value of its `Content-Type` field.
    /// - Throws: `Fault.boundary`.
    package init(contentType: String) throws(Fault) {
        guard MediaType.essence(contentType) == Self.type,
            let boundaries = HeaderParameters(contentType)?.values("boundary"), boundaries.count == 1,
            let boundary = boundaries.first, Self.isBoundary(boundary)
        else { throw .boundary }
        delimiter = ByteBuffer(string: "\r\n--" + boundary).readableBytesView
    }

    /// Reads the next chunk.
    ///
    /// - Throws: `Fault`, and what `take` throws; the parser must not be used afterwards.
    package mutating func parse(_ chunk: ByteBuffer, _ take: (Event) throws -> Void) throws {
        let bytes = chunk.readableBytesView
        var place = bytes.startIndex
        while place < bytes.endIndex {
            switch state {
            case .content: place = try content(bytes, from: place, take)
            case .epilogue: return
            default:
                try step(bytes[place], take)
                place += 1
            }
        }
    }

    /// Checks that the body was complete.
    ///
    /// - Throws: `Fault.incomplete`.
    package func finish() throws(Fault) {
        switch state {
        case .closed, .epilogue: return
        default: throw .incomplete
        }
    }

    /// Reads content up to the end of the chunk or of the next delimiter.
    private mutating func content(
        _ bytes: ByteBufferView,
        from start: Int,
        _ take: (Event) throws -> Void
    ) throws -> Int {
        var place = start
        if matched == 0 {
            let end = bytes[place...].firstIndex(of: Self.carriageReturn) ?? bytes.endIndex
            if end > place, isInPart { try take(.bytes(bytes[place..<end])) }
            place = end
        }
        let origin = delimiter.startIndex
        while place < bytes.endIndex, matched < delimiter.count, bytes[place] == delimiter[origin + matched] {
            matched += 1
            place += 1
        }
        if matched == delimiter.count {
            // A boundary directly after the header leaves the part without content, which readers understand differently.
            guard !isInPart || borrowed == 0 else { throw Fault.delimiter }
            if isInPart { try take(.end) }
            (isInPart, matched, borrowed, state) = (false, 0, 0, .delimited)
        } else if place < bytes.endIndex {
            if isInPart, matched > borrowed {
                try take(.bytes(delimiter[origin + borrowed..<origin + matched]))
            }
            (matched, borrowed) = (0, 0)
        }
        return place
    }

    private mutating func step(_ byte: UInt8, _ take: (Event) throws -> Void) throws {
        switch (state, byte) {
        case (.delimited, Self.hyphenMark): state = .hyphen
        case (.hyphen, Self.hyphenMark): state = .closed
        case (.delimited, Self.space), (.delimited, Self.tab), (.padding, Self.space), (.padding, Self.tab):
            state = .padding
        case (.delimited, Self.carriageReturn), (.padding, Self.carriageReturn): state = .paddingEnd
        case (.paddingEnd, Self.lineFeed): try beginHeader()
        case (.closed, Self.space), (.closed, Self.tab): break
        case (.closed, Self.carriageReturn): state = .closedEnd
        case (.closedEnd, Self.lineFeed): state = .epilogue
        case (.header, Self.carriageReturn): state = .lineEnd
        case (.header, _): try addToHeader(byte)
        case (.lineEnd, Self.lineFeed): try endLine(take)
        case (.lineEnd, _): throw Fault.header("line end")
        default: throw Fault.delimiter
        }
    }

    private mutating func beginHeader() throws(Fault) {
        parts += 1
        guard parts <= Self.maxParts else { throw .tooManyParts }
        (lines, line, headerLength, state) = ([], [], 0, .header)
    }

    private mutating func addToHeader(_ byte: UInt8) throws(Fault) {
        headerLength += 1
        guard headerLength <= Self.longestHeader else { throw .headerTooLarge }
        guard byte >= Self.space || byte == Self.tab, byte != 0x7F else { throw .header("control character") }
        line.append(byte)
    }

    private mutating func endLine(_ take: (Event) throws -> Void) throws {
        guard line.isEmpty else {
            guard lines.count < Self.maxHeaderLines else { throw Fault.headerTooLarge }
            lines.append(line)
            (line, state) = ([], .header)
            return
        }
        try take(.part(try MultipartPart(lines: lines)))
        (isInPart, matched, borrowed, state) = (true, 2, 2, .content)
    }

    // RFC 2046 §5.1.1: 1 to 70 characters, the last one not a space.
    private static func isBoundary(_ text: String) -> Bool {
        (1...70).contains(text.utf8.count) && text.last != " "
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: "'()+_,-./:=? ".utf8.contains(byte)
                }
            }
    }
}
