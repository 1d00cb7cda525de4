import Foundation

/// The name by which a person signs in and is shown to others: letters, digits, full stop, underscore, hyphen.
public struct Username: Hashable, Sendable, CustomStringConvertible {
    /// How many characters a user name has.
    public static let length = 3...30
    /// Names that would pass for the portal's own.
    private static let reserved: Set<String> = [
        "admin", "administrator", "akimat", "almaty", "editor", "moderator", "openalmaty", "operator", "root",
        "security",
        "support", "system", "webmaster",
    ]
    /// Cyrillic small letters and the Latin letters that look the same, so that look-alike names are equal.
    private static let lookalikes: [Character: Character] = [
        "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i", "һ": "h", "ј": "j", "ѕ": "s",
        "к": "k", "м": "m", "т": "t", "ә": "ə",
    ]

    /// The user name as it was written.
    public let text: String
    /// The key shared by names that look alike.
    public let key: String

    /// Reads a user name.
    ///
    /// - Throws: `UsernameFault`.
    public init(_ written: String) throws(UsernameFault) {
        guard written.utf8.count <= 16 * Self.length.upperBound else { throw .tooLong }
        let text = written.trimmingCharacters(in: CharacterSet(charactersIn: " \u{A0}"))
            .precomposedStringWithCompatibilityMapping
        for scalar in text.unicodeScalars where !Self.isAllowed(scalar) { throw .character(Character(scalar)) }
        guard text.unicodeScalars.count >= Self.length.lowerBound else { throw .tooShort }
        guard text.unicodeScalars.count <= Self.length.upperBound else { throw .tooLong }
        guard text.unicodeScalars.contains(where: \.isLetter) else { throw .noLetter }
        let key = Self.key(of: text)
        guard !Self.reserved.contains(key) else { throw .reserved }
        (self.text, self.key) = (text, key)
    }

    /// Takes a stored user name without checking it: it was accepted before, possibly under less strict rules.
    public init(stored text: String) { (self.text, key) = (text, Self.key(of: text)) }

    /// The user name.
    public var description: String { text }

    /// Two user names that look alike are equal.
    public static func == (left: Username, right: Username) -> Bool { left.key == right.key }

    /// Hashes the key shared by names that look alike.
    public func hash(into hasher: inout Hasher) { hasher.combine(key) }

    /// A user name to offer to the owner of an address.
    ///
    /// - Parameter email: the address, whose local part is taken as far as it can be.
    public static func suggested(from email: EmailAddress) -> Username? {
        let scalars = email.local.precomposedStringWithCompatibilityMapping.lowercased().unicodeScalars
            .filter(isAllowed).prefix(length.upperBound - 4)
        let base = String(String.UnicodeScalarView(scalars)).trimmingCharacters(in: CharacterSet(charactersIn: "._-"))
        let tries = base.isEmpty ? [] : [base, base + "-almaty", "almaty-" + base]
        return (tries + ["almaty-citizen"]).lazy
            .compactMap { try? Username($0) }.first
    }

    /// Other names to offer when one is taken, from the nearest on.
    public var variants: [Username] {
        (2...999).lazy.compactMap { number in
            let tail = String(number)
            return try? Username(String(text.prefix(Self.length.upperBound - tail.count)) + tail)
        }
        .prefix(40).map { $0 }
    }

    /// The key of a user name, or of the beginning of one.
    public static func key(of text: String) -> String {
        String(text.precomposedStringWithCompatibilityMapping.lowercased().map { lookalikes[$0] ?? $0 })
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isLetter { return isLatin(scalar) || isCyrillic(scalar) }
        return ("0"..."9").contains(scalar) || "._-".unicodeScalars.contains(scalar)
    }

    private static func isLatin(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x250 || (0x1E00..<0x1F00).contains(scalar.value) || scalar == "ə"
    }

    private static func isCyrillic(_ scalar: Unicode.Scalar) -> Bool { (0x400..<0x530).contains(scalar.value) }
}

/// Why a text is not a valid user name.
public enum UsernameFault: Error, Sendable, Equatable {
    /// Fewer characters than a user name has.
    case tooShort
    /// More characters than a user name has.
    case tooLong
    /// A character that is not allowed in user names.
    case character(Character)
    /// Only digits and punctuation.
    case noLetter
    /// A name reserved for the portal.
    case reserved
}
