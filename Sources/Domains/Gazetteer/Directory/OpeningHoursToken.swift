/// A word, number, character or quoted comment of opening hours.
struct OpeningHoursToken: Equatable {
    enum Kind {
        case word
        case number
        case sign
        case comment
    }

    let kind: Kind
    /// As written; words in lower case, comments without quotes.
    let text: String

    /// The longest accepted text in bytes; OpenStreetMap stores 255 characters.
    static let longestText = 1_020

    /// Tokenises a text; white space only separates words.
    ///
    /// - Throws: `OpeningHoursError` for a text that is too long or a quote that is not closed.
    static func tokens(of text: String) throws(OpeningHoursError) -> [OpeningHoursToken] {
        guard text.utf8.count <= longestText else { throw OpeningHoursError(word: "… (\(text.utf8.count) bytes)") }
        var tokens: [OpeningHoursToken] = []
        var rest = text[...]
        while let first = rest.first {
            if first.isWhitespace {
                rest.removeFirst()
            } else {
                tokens.append(try next(first, &rest))
            }
        }
        return tokens
    }

    private static func next(
        _ first: Character,
        _ rest: inout Substring
    ) throws(OpeningHoursError) -> OpeningHoursToken {
        if isDigit(first) { return OpeningHoursToken(kind: .number, text: take(&rest, while: isDigit)) }
        if first.isLetter { return OpeningHoursToken(kind: .word, text: take(&rest) { $0.isLetter }.lowercased()) }
        rest.removeFirst()
        switch first {
        case "\"":
            let comment = take(&rest) { $0 != "\"" }
            guard rest.popFirst() != nil else { throw OpeningHoursError(word: "\"" + comment) }
            return OpeningHoursToken(kind: .comment, text: comment)
        case "|":
            guard rest.popFirst() == "|" else { throw OpeningHoursError(word: "|") }
            return OpeningHoursToken(kind: .sign, text: "||")
        // People often type typographic dashes.
        case "–", "—": return OpeningHoursToken(kind: .sign, text: "-")
        default: return OpeningHoursToken(kind: .sign, text: String(first))
        }
    }

    // Digits of other scripts are neither letters nor numbers here, and are rejected as unknown characters.
    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) && character.isASCII }

    private static func take(_ rest: inout Substring, while holds: (Character) -> Bool) -> String {
        let taken = rest.prefix(while: holds)
        rest = rest[taken.endIndex...]
        return String(taken)
    }
}
