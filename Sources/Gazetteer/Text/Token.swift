/// A word or number of a normalised text, and what stood before it.
public struct Token: Sendable, Hashable {
    /// What separates a token from the one before.
    public enum Separator: Sendable, Hashable {
        /// The beginning of the text or white space.
        case space
        /// A comma, semicolon, bracket or other hard break.
        case comma
        /// A full stop, as after an abbreviation.
        case stop
        /// A hyphen.
        case hyphen
        /// A slash.
        case slash
        /// Nothing: a letter beside a digit.
        case nothing
    }

    /// The folded text.
    public let text: String
    /// What stood before it.
    public let separator: Separator

    /// Whether it begins with a digit.
    public var isNumber: Bool { text.unicodeScalars.first.map { ("0"..."9").contains($0) } ?? false }

    /// Splits a text into folded tokens.
    ///
    /// A digit run keeps a single letter after it ("247а"); letters and digits are otherwise parted ("сатпаева8").
    public static func tokens(of text: String) -> [Token] {
        var splitter = Splitter()
        for scalar in Normaliser.scalars(text) { splitter.take(scalar) }
        splitter.finish()
        return splitter.joinHouseLetters()
    }
}

private struct Splitter {
    private var tokens: [Token] = []
    private var current = String.UnicodeScalarView()
    private var currentIsDigits = false
    private var separator = Token.Separator.space

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
        current.append(scalar)
    }

    mutating func finish() {
        guard !current.isEmpty else { return }
        tokens.append(Token(text: String(current), separator: separator))
        current = .init()
        separator = .space
    }

    private mutating func separate(by scalar: Unicode.Scalar) {
        switch scalar {
        case "-": separator = .hyphen
        case "/", "\\": separator = .slash
        case ".": if separator == .space { separator = .stop }
        case ",", ";", "(", ")", "[", "]", ":", "|": separator = .comma
        default: if separator == .hyphen || separator == .nothing { separator = .space }
        }
    }

    // «2-й», «5-ая», «3-ші»: the number alone is the name.
    private let ordinalSuffixes: Set<String> = ["й", "я", "ая", "ый", "ий", "ой", "ши", "шы", "инши", "ншы", "ншi"]

    func joinHouseLetters() -> [Token] {
        var joined: [Token] = []
        for (index, token) in tokens.enumerated() {
            if let number = joined.last, number.isNumber, ordinalSuffixes.contains(token.text),
                token.separator == .hyphen || token.separator == .nothing
            {
                continue
            }
            let next = index + 1 < tokens.count ? tokens[index + 1] : nil
            // «89 дробь 2» is 89/2, as it is dictated.
            if token.text == "дробь", joined.last?.isNumber == true, next?.isNumber == true { continue }
            if index > 0, tokens[index - 1].text == "дробь", token.isNumber, joined.last?.isNumber == true {
                joined.append(Token(text: token.text, separator: .slash))
                continue
            }
            let endsWord = next.map { $0.separator != .nothing } ?? true
            if token.separator == .nothing, !token.isNumber, token.text.unicodeScalars.count == 1, endsWord,
                let number = joined.last, number.isNumber
            {
                joined[joined.count - 1] = Token(text: number.text + token.text, separator: number.separator)
            } else {
                joined.append(token)
            }
        }
        return joined
    }
}
