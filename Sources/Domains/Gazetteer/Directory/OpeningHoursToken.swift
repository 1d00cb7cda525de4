/// A word, a number, a sign or a quoted comment of opening hours.
struct OpeningHoursToken: Equatable {
    enum Kind {
        case word
        case number
        case sign
        case comment
    }

    let kind: Kind
    /// As written; words in small letters, a comment without its quotes.
    let text: String

    /// The longest text that is read, bytes; OpenStreetMap keeps 255 characters.
    static let longestText = 1_020

    /// Takes a text apart; blanks only part words.
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
        // Typographic dashes are common in what people type.
        case "–", "—": return OpeningHoursToken(kind: .sign, text: "-")
        default: return OpeningHoursToken(kind: .sign, text: String(first))
        }
    }

    // Foreign digits are letters of no word and no number, and are refused as signs.
    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) && character.isASCII }

    private static func take(_ rest: inout Substring, while holds: (Character) -> Bool) -> String {
        let taken = rest.prefix(while: holds)
        rest = rest[taken.endIndex...]
        return String(taken)
    }
}
