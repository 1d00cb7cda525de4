/// A client's preferences, in the grammar shared by `Accept`, `Accept-Encoding` and `Accept-Language`.
///
/// Source: RFC 9110 §5.6.1 (lists, in which elements may be empty), §5.6.6 (parameters), §12.4.2 (weights).
package struct Preferences: Sendable {
    /// One member of the list.
    package struct Member: Sendable, Equatable {
        /// The range, in lower case.
        package let range: String
        /// The weight, in thousandths from 0 (not acceptable) to 1,000.
        package let weight: Int
    }

    /// The longest part of a header that is read, bytes; the rest is ignored.
    private static let longest = 1_000

    /// The well-formed members, in the order of the header.
    package let members: [Member]

    /// Parses a header; a member with a malformed weight is ignored.
    package init(_ header: String) {
        members = header.utf8.prefix(Self.longest).split(separator: UInt8(ascii: ",")).compactMap { part in
            Self.member(String(decoding: part, as: UTF8.self))
        }
    }

    /// The weight of a range, of its first occurrence; nil when it is not listed.
    package func weight(_ range: String) -> Int? { members.first { $0.range == range }?.weight }

    private static func member(_ text: String) -> Member? {
        let pieces = text.split(separator: ";", omittingEmptySubsequences: false).map(\.trimmingWhitespace)
        guard let range = pieces.first, !range.isEmpty else { return nil }
        for piece in pieces.dropFirst() {
            let pair = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2, pair[0].lowercased() == "q" else { continue }
            return weight(pair[1]).map { Member(range: range.lowercased(), weight: $0) }
        }
        return Member(range: range.lowercased(), weight: 1_000)
    }

    // qvalue = ( "0" [ "." 0*3DIGIT ] ) / ( "1" [ "." 0*3("0") ] )
    private static func weight(_ text: Substring) -> Int? {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, first == UInt8(ascii: "0") || first == UInt8(ascii: "1") else { return nil }
        let rest = bytes.dropFirst()
        guard rest.isEmpty || rest.first == UInt8(ascii: ".") else { return nil }
        let digits = rest.dropFirst()
        guard digits.count <= 3, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let fraction = (0..<3).reduce(0) { sum, place in
            sum * 10 + (place < digits.count ? Int(digits[digits.startIndex + place]) - 0x30 : 0)
        }
        let weight = (first == UInt8(ascii: "1") ? 1_000 : 0) + fraction
        return weight <= 1_000 ? weight : nil
    }
}
