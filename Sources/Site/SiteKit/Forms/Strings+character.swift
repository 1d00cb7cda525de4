/// How messages name a character that a field rejects.
extension Strings {
    /// The character itself if a reader can see and recognise it, otherwise its name in the reader's language, for example
    /// for a space, a quotation mark (confusable with the message's own), or a dash that resembles the allowed hyphen.
    ///
    /// Invisible characters without an everyday name get their code point, as in `U+200B`.
    package func character(_ character: Character) -> String {
        if let name = Self.names.first(where: { $0.characters.contains(character) })?.key { return self[name] }
        let scalars = character.unicodeScalars
        let code = scalars.map(Self.code).joined(separator: " ")
        if scalars.allSatisfy(\.properties.isWhitespace) { return text("character_special_space", ["code": code]) }
        guard scalars.allSatisfy(Self.isUnseen) else {
            return text("character_shown", ["character": String(character)])
        }
        let isMark = scalars.allSatisfy { Self.marks.contains($0.properties.generalCategory) }
        return text(isMark ? "character_mark" : "character_unseen", ["code": code])
    }

    private static let names: [(key: String, characters: Set<Character>)] = [
        ("character_space", [" "]), ("character_no_break_space", ["\u{A0}", "\u{202F}"]), ("character_tab", ["\t"]),
        ("character_line_break", ["\n", "\r", "\r\n", "\u{85}", "\u{2028}", "\u{2029}"]),
        ("character_dash", ["\u{2010}", "\u{2011}", "\u{2012}", "–", "—", "\u{2015}", "−"]),
        ("character_quotation_mark", ["\"", "«", "»", "“", "”", "„", "‹", "›"]),
        ("character_apostrophe", ["'", "’"]), ("character_comma", [","]),
        ("character_stress_mark", ["\u{301}"]),
    ]

    private static let marks: Set<Unicode.GeneralCategory> = [.nonspacingMark, .enclosingMark]

    private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        let properties = scalar.properties
        if properties.isDefaultIgnorableCodePoint || properties.isWhitespace || scalar == "\u{2800}" { return true }
        if marks.contains(properties.generalCategory) { return true }
        return [.control, .format, .unassigned, .privateUse].contains(properties.generalCategory)
    }

    private static func code(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
