import Foundation

/// The name of a person in letters of any script, with spaces, hyphens, apostrophes and full stops.
public struct PersonName: Hashable, Sendable, CustomStringConvertible {
    /// The most code points of a name.
    public static let maxCharacters = 100
    /// The most combining marks on one letter; no writing system needs more.
    private static let maxMarks = 3

    /// The name, composed, with single spaces.
    public let text: String

    /// Reads a name.
    ///
    /// - Throws: `PersonNameFault`, with the character that is refused.
    public init(_ written: String) throws(PersonNameFault) {
        // Check the length first, before any work on a text that may be megabytes long.
        guard written.utf8.count <= 16 * Self.maxCharacters else { throw .tooLong }
        let words = written.precomposedStringWithCanonicalMapping
            .split { $0 == " " || $0 == "\u{A0}" }
        let text = words.joined(separator: " ")
        guard !text.isEmpty else { throw .empty }
        guard text.unicodeScalars.count <= Self.maxCharacters else { throw .tooLong }
        try Self.check(text)
        self.text = text
    }

    /// Takes a stored name without checking it: it was accepted before, possibly under less strict rules.
    public init(stored text: String) { self.text = text }

    /// The lowercased name, for searching and sorting.
    public var key: String { Self.key(of: text) }

    /// The key of a name, or of the beginning of one.
    public static func key(of text: String) -> String { text.precomposedStringWithCanonicalMapping.lowercased() }

    /// The name.
    public var description: String { text }

    private static func check(_ text: String) throws(PersonNameFault) {
        var (marks, hasLetter) = (0, false)
        for scalar in text.unicodeScalars {
            marks = scalar.isMark ? marks + 1 : 0
            let isAllowed = scalar.isLetter || (scalar.isMark && hasLetter) || " -'’.".unicodeScalars.contains(scalar)
            guard isAllowed, marks <= maxMarks else { throw .character(Character(scalar)) }
            hasLetter = hasLetter || scalar.isLetter
        }
        guard hasLetter else { throw .noLetter }
    }
}

/// Why a text is not a valid name.
public enum PersonNameFault: Error, Sendable, Equatable {
    /// Nothing was written.
    case empty
    /// No letter is in it.
    case noLetter
    /// A character that is not allowed in names.
    case character(Character)
    /// More than `PersonName.maxCharacters`.
    case tooLong
}
