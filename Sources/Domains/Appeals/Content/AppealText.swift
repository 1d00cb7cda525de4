import Foundation

/// The short title of an appeal: one line.
public struct AppealTitle: Hashable, Sendable, CustomStringConvertible {
    /// How many code points a title has.
    public static let lengths = 5...120

    /// The title, composed, with single spaces.
    public let text: String

    /// Reads a title.
    ///
    /// - Throws: `ContentFault`.
    public init(_ written: String) throws(ContentFault) {
        text = try ContentText.line(written, lengths: Self.lengths)
    }

    /// Takes a stored title, which was accepted before; that of an erased report is empty.
    public init(stored text: String) { self.text = text }

    /// The title.
    public var description: String { text }
}

/// The text of an appeal.
///
/// In an official appeal only an empty text is refused: whether it says what it is about is for a person to judge
/// (article 88 (1) 3 of the Code).
public struct AppealText: Hashable, Sendable, CustomStringConvertible {
    /// The text, composed, with LF line ends and without spaces at its ends.
    public let text: String

    /// How many code points a text has in a regime.
    public static func lengths(in regime: AppealRegime) -> ClosedRange<Int> {
        regime == .official ? 1...20_000 : 10...4_000
    }

    /// Reads a text.
    ///
    /// - Throws: `ContentFault`.
    public init(_ written: String, in regime: AppealRegime) throws(ContentFault) {
        text = try ContentText.paragraphs(written, lengths: Self.lengths(in: regime))
    }

    /// Takes a stored text, which was accepted before; that of an erased report is empty.
    public init(stored text: String) { self.text = text }

    /// The text.
    public var description: String { text }
}

/// Why a text of an appeal is refused.
public enum ContentFault: Error, Sendable, Hashable {
    /// The text is empty.
    case empty
    /// Fewer code points than the minimum.
    case tooShort(least: Int)
    /// More code points than the maximum.
    case tooLong(most: Int)
    /// A character that is not allowed in texts, such as a control character.
    case character(Unicode.Scalar)
}

/// Checks and normalizes the texts that people write in an appeal.
enum ContentText {
    /// Reads a text of one line; line breaks become spaces.
    static func line(_ written: String, lengths: ClosedRange<Int>) throws(ContentFault) -> String {
        let text = try composed(written, most: lengths.upperBound)
        return try checked(text.split { $0.isWhitespace }.joined(separator: " "), lengths)
    }

    /// Reads a text of several lines.
    static func paragraphs(_ written: String, lengths: ClosedRange<Int>) throws(ContentFault) -> String {
        let text = try composed(written, most: lengths.upperBound)
            .replacingOccurrences(of: "\r\n", with: "\n")
            .replacingOccurrences(of: "\r", with: "\n")
            .trimmingCharacters(in: .whitespacesAndNewlines)
        return try checked(text, lengths)
    }

    // Check the length before any work on a text that may be megabytes long.
    private static func composed(_ written: String, most: Int) throws(ContentFault) -> String {
        guard written.utf8.count <= 16 * most else { throw .tooLong(most: most) }
        return written.precomposedStringWithCanonicalMapping
    }

    private static func checked(_ text: String, _ lengths: ClosedRange<Int>) throws(ContentFault) -> String {
        let count = text.unicodeScalars.count
        guard count > 0 else { throw .empty }
        guard count >= lengths.lowerBound else { throw .tooShort(least: lengths.lowerBound) }
        guard count <= lengths.upperBound else { throw .tooLong(most: lengths.upperBound) }
        for scalar in text.unicodeScalars where isRefused(scalar) { throw .character(scalar) }
        return text
    }

    // Control characters, and the marks that change the direction of writing, which can make a text look like another.
    private static func isRefused(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: false
        case 0x202A...0x202E, 0x2066...0x2069, 0xFFFD: true
        default: scalar.properties.generalCategory == .control
        }
    }
}

extension AppealTitle: Codable {
    /// Reads a stored title, which was accepted before, possibly under less strict rules.
    public init(from decoder: any Decoder) throws { text = try decoder.singleValueContainer().decode(String.self) }

    /// Writes the title as a plain text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension AppealText: Codable {
    /// Reads a stored text, which was accepted before, possibly under less strict rules.
    public init(from decoder: any Decoder) throws { text = try decoder.singleValueContainer().decode(String.self) }

    /// Writes the text as a plain text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
