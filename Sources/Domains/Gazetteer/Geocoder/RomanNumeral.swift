/// Roman numerals in the names of places: «Самал-II», «Орбита III», «мкр VIII».
///
/// People type them in Latin letters, in similar Cyrillic letters («ІІ», «П», «Ш»), and as Unicode number forms.
enum RomanNumeral {
    /// The number that a token may stand for; nil when it is not a numeral.
    ///
    /// Reads only 1 to 39; no name here has a higher number. A single letter that is also a word, such as the Kazakh and
    /// Ukrainian «І», which is folded to «и», counts only where no word can stand.
    static func value(at place: Int, in tokens: [Token]) -> Int? {
        guard tokens.indices.contains(place), let token = Optional(tokens[place]), !token.isNumber,
            token.text.utf8.count <= longest, token.separator != .slash, token.separator != .nothing
        else { return nil }
        if token.separator == .hyphen, let value = lookalikes[token.text] { return value }
        guard token.text.unicodeScalars.allSatisfy({ letters[$0] != nil }) else { return nil }
        let isLetter = token.text.unicodeScalars.count == 1
        if isLetter, !mayBeNumeral(token, before: place + 1 < tokens.count ? tokens[place + 1] : nil) { return nil }
        return values[token.text.unicodeScalars.compactMap { letters[$0] }.joined()]
    }

    // In bytes: five two-byte letters, as in «ххиии».
    private static let longest = 12

    private static func mayBeNumeral(_ token: Token, before next: Token?) -> Bool {
        if token.separator == .hyphen { return true }
        guard token.separator == .space else { return false }
        switch token.text {
        case "i", "v", "\u{2170}", "\u{2174}", "\u{2179}": return next?.separator != .stop
        // «Таугуль І, 5»; «Самал и Орбита» joins two names.
        case "и": return next == nil || next?.separator == .comma
        default: return false
        }
    }

    private static let lookalikes = WordTable([("п", 2), ("ш", 3)])

    private static let letters: [Unicode.Scalar: String] = {
        var letters: [Unicode.Scalar: String] = [
            "i": "i", "и": "i", "l": "i", "v": "v", "x": "x", "х": "x",
        ]
        for (place, value) in numerals.prefix(12).enumerated() {
            if let sign = Unicode.Scalar(0x2170 + UInt32(place)) { letters[sign] = value }
        }
        return letters
    }()

    private static let numerals: [String] = {
        let ones = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"]
        return (1...39).map { String(repeating: "x", count: $0 / 10) + ones[$0 % 10] }
    }()

    private static let values = WordTable(numerals.enumerated().map { ($1, $0 + 1) })
}
