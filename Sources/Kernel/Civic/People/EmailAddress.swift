import Foundation

/// An e-mail address by RFC 5321 and RFC 6531: dots and atoms, of any script, at a domain of two labels or
/// more.
///
/// Quoted local parts and address literals in brackets are refused: nobody uses them, and they confuse mail
/// programs.
public struct EmailAddress: Hashable, Sendable, CustomStringConvertible {
    /// The longest address that SMTP carries, bytes (RFC 5321 4.5.3.1.3 without the angle brackets).
    public static let maxBytes = 254
    /// The longest local part, bytes (RFC 5321 4.5.3.1.1).
    static let maxLocalBytes = 64

    /// The address as it was written, without spaces around it.
    public let text: String
    /// The key shared by spellings of one address that look alike: lower case in the compatibility form (NFKC of
    /// UAX #15: fullwidth letters and ligatures are the plain ones), the domain in its own script.
    public let key: String
    /// The address for an envelope: the domain in ASCII (RFC 5890), so that only a local part of another script needs
    /// SMTPUTF8.
    public let deliverable: String

    /// Reads an address.
    ///
    /// - Throws: `EmailAddressFault`, which says what is wrong with it.
    public init(_ written: String) throws(EmailAddressFault) {
        guard written.utf8.count <= 4 * Self.maxBytes else { throw .tooLong }
        let text = written.trimmingCharacters(in: CharacterSet(charactersIn: " \u{A0}"))
            .precomposedStringWithCanonicalMapping
        guard !text.isEmpty else { throw .empty }
        guard let at = text.lastIndex(of: "@") else { throw .noAtSign }
        let local = String(text[..<at])
        let domain = try MailDomain(String(text[text.index(after: at)...]))
        try Self.check(local)
        self.text = text
        key = Self.folded(local) + "@" + domain.key
        deliverable = local + "@" + domain.ascii
        guard text.utf8.count <= Self.maxBytes, deliverable.utf8.count <= Self.maxBytes else { throw .tooLong }
    }

    /// Reads a stored address, which was accepted before, possibly under less strict rules.
    ///
    /// Returns nil only for a text that no envelope can carry: without an at sign between two parts, longer than
    /// `maxBytes`, or with white space, control characters or ASCII characters that no address has. Where the present
    /// rules refuse the address, `deliverable` is the text itself.
    public init?(stored text: String) {
        if let email = try? EmailAddress(text) {
            self = email
            return
        }
        guard text.utf8.count <= Self.maxBytes, let at = text.lastIndex(of: "@") else { return nil }
        let (local, domain) = (text[..<at], text[text.index(after: at)...])
        guard !local.isEmpty, !domain.isEmpty, (local + domain).unicodeScalars.allSatisfy(Self.isCarried) else {
            return nil
        }
        self.text = text
        key = Self.folded(text)
        deliverable = text
    }

    /// The key of the beginning of an address; of a whole one its `key`.
    public static func key(ofPrefix text: String) -> String { (try? EmailAddress(text))?.key ?? folded(text) }

    /// The address with most of it hidden, for people who may not see it whole.
    public var masked: String {
        guard let at = text.lastIndex(of: "@") else { return "•••" }
        return String(text[..<at].prefix(1)) + "•••" + String(text[at...])
    }

    /// The part before the at sign.
    public var local: String { String(text[..<(text.lastIndex(of: "@") ?? text.endIndex)]) }

    /// The address.
    public var description: String { text }

    /// Two spellings of one address are equal.
    public static func == (left: EmailAddress, right: EmailAddress) -> Bool { left.key == right.key }

    /// Hashes the key shared by spellings of one address.
    public func hash(into hasher: inout Hasher) { hasher.combine(key) }

    /// The compatibility form in lower case; applied twice, because the lower case of some characters decomposes again.
    static func folded(_ text: String) -> String {
        text.precomposedStringWithCompatibilityMapping.lowercased().precomposedStringWithCompatibilityMapping
    }

    private static func check(_ local: String) throws(EmailAddressFault) {
        guard !local.isEmpty else { throw .malformedLocalPart }
        guard local.utf8.count <= maxLocalBytes else { throw .tooLong }
        guard !local.hasPrefix("."), !local.hasSuffix("."), !local.contains("..") else { throw .malformedLocalPart }
        for scalar in local.unicodeScalars where !isAllowed(scalar) { throw .character(Character(scalar)) }
    }

    private static func isCarried(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return isAllowed(scalar) }
        return !scalar.properties.isWhitespace && scalar.properties.generalCategory != .control
    }

    /// Whether a local part may contain this: `atext` of RFC 5322 3.2.3, the dot, and letters, marks and digits of any
    /// script.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                || ".!#$%&'*+-/=?^_`{|}~".unicodeScalars.contains(scalar)
        }
        return scalar.isWordLike
    }
}

/// Why a text is not an e-mail address.
public enum EmailAddressFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// Nothing was written.
    case empty
    /// There is no at sign.
    case noAtSign
    /// The part before the at sign is not valid.
    case malformedLocalPart
    /// The part after the at sign is not a mail domain.
    case malformedDomain
    /// A character that no address has.
    case character(Character)
    /// Longer than SMTP allows.
    case tooLong

    /// What is wrong, for operators; the pages tell it in the reader's language.
    public var description: String {
        switch self {
        case .empty: "it is empty"
        case .noAtSign: "there is no @ in it"
        case .malformedLocalPart: "what stands before the @ cannot be"
        case .malformedDomain: "what stands after the @ is not the name of a mail domain"
        case .character(let character): "the character \(String(character).debugDescription) cannot be in an address"
        case .tooLong: "it is longer than \(EmailAddress.maxBytes) bytes"
        }
    }
}

extension Unicode.Scalar {
    /// Whether this is a letter, a mark or a decimal digit of any script.
    var isWordLike: Bool { isLetter || isMark || properties.generalCategory == .decimalNumber }

    /// Whether this is invisible: default-ignorable in Unicode (zero-width characters, variation selectors, Hangul
    /// fillers, tags), or a blank that Unicode counts as a letter, mark or symbol.
    var isInvisible: Bool { properties.isDefaultIgnorableCodePoint || Self.blanks.contains(value) }

    /// Braille blank, Egyptian full and half blank, Khitan filler.
    private static let blanks: Set<UInt32> = [0x2800, 0x13441, 0x13442, 0x16FE4]

    /// Whether this is a letter of any script that can be seen.
    var isLetter: Bool {
        guard !isInvisible else { return false }
        return switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: false
        }
    }

    /// Whether this combines with the letter before it and can be seen.
    var isMark: Bool {
        guard !isInvisible else { return false }
        return switch properties.generalCategory {
        case .nonspacingMark, .spacingMark: true
        default: false
        }
    }
}
