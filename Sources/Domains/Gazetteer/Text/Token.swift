/// A word or number of a normalised text, and the separator before it.
public struct Token: Sendable, Hashable {
    /// What separates a token from the one before.
    public enum Separator: Sendable, Hashable {
        /// The beginning of the text, or white space.
        case space
        /// A comma, semicolon, bracket or other hard break.
        case comma
        /// A full stop, as after an abbreviation.
        case stop
        /// A hyphen.
        case hyphen
        /// A slash.
        case slash
        /// Nothing: a letter next to a digit.
        case nothing
    }

    /// The folded text.
    public let text: String
    /// The separator before it.
    public let separator: Separator
    /// Whether a closing bracket comes before it.
    public let followsBracket: Bool

    init(text: String, separator: Separator, followsBracket: Bool = false) {
        (self.text, self.separator, self.followsBracket) = (text, separator, followsBracket)
    }

    /// Whether it begins with a digit.
    public var isNumber: Bool { text.utf8.first.map { (0x30...0x39).contains($0) } ?? false }

    /// Splits a text into folded tokens.
    ///
    /// A run of digits keeps a single letter after it ("247а"); otherwise letters and digits are separated ("сатпаева8").
    /// The endings of ordinals ("2-й") and words for the number sign ("N 8") are dropped.
    public static func tokens(of text: String) -> [Token] {
        var splitter = Splitter()
        for scalar in Normaliser.scalars(text) { splitter.take(scalar) }
        splitter.finish()
        return splitter.joinHouseLetters()
    }
}

private struct Splitter {
    private var tokens: [Token] = []
    private var current: [UInt8] = []
    private var currentIsDigits = false
    private var separator = Token.Separator.space
    private var followsBracket = false
    // "39 - 41": a hyphen with spaces joins two numbers, but not two words.
    private var followsSpacedHyphen = false

    mutating func take(_ scalar: Unicode.Scalar) {
        let digit = ("0"..."9").contains(scalar)
        guard digit || scalar.isWordLetter else {
            finish()
            separate(by: scalar)
            return
        }
        if !current.isEmpty, digit != currentIsDigits {
            finish()
            separator = .nothing
        }
        currentIsDigits = digit
        append(scalar)
    }

    // UTF-8 (RFC 3629): the letters of our alphabets take one or two bytes.
    private mutating func append(_ scalar: Unicode.Scalar) {
        let value = scalar.value
        if value < 0x80 {
            current.append(UInt8(value))
        } else if value < 0x800 {
            current.append(UInt8(0xC0 | value >> 6))
            current.append(UInt8(0x80 | value & 0x3F))
        } else {
            if let encoded = UTF8.encode(scalar) { current.append(contentsOf: encoded) }
        }
    }

    mutating func finish() {
        guard !current.isEmpty else { return }
        let joins = followsSpacedHyphen && separator == .space && currentIsDigits && endsInNumber
        tokens.append(
            Token(
                text: String(decoding: current, as: UTF8.self),
                separator: joins ? .hyphen : separator,
                followsBracket: followsBracket
            )
        )
        current.removeAll(keepingCapacity: true)
        separator = .space
        (followsBracket, followsSpacedHyphen) = (false, false)
    }

    private var endsInNumber: Bool {
        guard let last = tokens.last else { return false }
        return last.isNumber || last.separator == .nothing
    }

    private mutating func separate(by scalar: Unicode.Scalar) {
        switch scalar {
        case "-": separator = .hyphen
        case "/", "\\": separator = .slash
        case ".": if separator == .space { separator = .stop }
        case ")", "]": (separator, followsBracket) = (.comma, true)
        case ",", ";", "(", "[", ":", "|": separator = .comma
        default:
            followsSpacedHyphen = followsSpacedHyphen || separator == .hyphen
            if separator == .hyphen || separator == .nothing { separator = .space }
        }
    }

    // «2-й», «5-ая», «3-ші»: the number alone is the name.
    private static let ordinalSuffixes = WordTable(
        words: [
            "й", "я", "ая", "ый", "ий", "ой", "ом", "ого", "го", "му", "ому", "ую", "ши", "шы", "инши", "ншы", "ншi",
        ]
    )
    private static let englishSuffixes = WordTable([("st", "1"), ("nd", "2"), ("rd", "3"), ("th", "")])
    private static let numberSigns = WordTable(words: ["n", "no", "номер", "номери", "nomer", "number"])

    /// Removes words for the number sign before numbers, endings of ordinals after them, and joins house letters.
    func joinHouseLetters() -> [Token] {
        guard tokens.contains(where: \.isNumber) else { return tokens }
        let tokens = withoutNumberSigns()
        var joined: [Token] = []
        joined.reserveCapacity(tokens.count)
        for (index, token) in tokens.enumerated() {
            // Only tokens after a number are joined to it.
            guard let number = joined.last, number.isNumber else {
                joined.append(token)
                continue
            }
            let next = index + 1 < tokens.count ? tokens[index + 1] : nil
            if isEnding(token, of: number, before: next) || isFraction(token, before: next) { continue }
            if tokens[index - 1].text == "дробь", token.isNumber {
                joined.append(Token(text: token.text, separator: .slash))
            } else if isHouseLetter(token, before: next) {
                joined[joined.count - 1] = Token(
                    text: number.text + token.text,
                    separator: number.separator,
                    followsBracket: number.followsBracket
                )
            } else {
                joined.append(token)
            }
        }
        return joined
    }

    // «мкр N 8», «дом No 5», «школа номер 12»; № itself is folded to a space.
    private func withoutNumberSigns() -> [Token] {
        guard tokens.contains(where: { Self.numberSigns.contains($0.text) }) else { return tokens }
        var kept: [Token] = []
        var sign: Token?
        for (index, token) in tokens.enumerated() {
            let next = index + 1 < tokens.count ? tokens[index + 1] : nil
            if Self.numberSigns.contains(token.text), token.separator != .nothing,
                token.separator != .hyphen, token.separator != .slash, next?.isNumber == true,
                next?.separator != .comma
            {
                sign = token
                continue
            }
            kept.append(
                sign.map { Token(text: token.text, separator: $0.separator, followsBracket: $0.followsBracket) }
                    ?? token
            )
            sign = nil
        }
        return kept
    }

    private func isEnding(_ token: Token, of number: Token, before next: Token?) -> Bool {
        guard token.separator == .hyphen || token.separator == .nothing else { return false }
        if Self.ordinalSuffixes.contains(token.text) { return true }
        if let digit = Self.englishSuffixes[token.text] {
            return token.separator == .nothing && number.text.hasSuffix(digit)
        }
        // «в 8-м микрорайоне», but «дом 52-М».
        return token.text == "м" && token.separator == .hyphen && next?.isNumber == false && next?.separator == .space
    }

    // «89 дробь 2» is 89/2 as spoken.
    private func isFraction(_ token: Token, before next: Token?) -> Bool {
        token.text == "дробь" && next?.isNumber == true
    }

    private func isHouseLetter(_ token: Token, before next: Token?) -> Bool {
        guard token.separator == .nothing, !token.isNumber, token.text.unicodeScalars.count == 1 else { return false }
        // «516т/ц», «8м-н»: the letter begins an abbreviation.
        if let next, AddressAbbreviation.isKnown(token, next) { return false }
        return next?.separator != .nothing
    }
}
