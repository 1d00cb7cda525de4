/// Kazakh and Russian names in Latin letters, following the table in the data folder's README.
enum Romanisation {
    /// The name with each letter replaced.
    static func name(_ text: String) -> String { String(text.flatMap { letter($0) }) }

    /// The name as part of an id: lower case, words joined by hyphens.
    static func slug(_ text: String) -> String {
        name(text).lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
    }

    private static func letter(_ letter: Character) -> String {
        let lower = Character(letter.lowercased())
        guard let latin = table[lower] else { return String(letter) }
        return letter == lower ? latin : latin.prefix(1).uppercased() + latin.dropFirst()
    }

    private static let table: [Character: String] = [
        "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z",
        "и": "i", "і": "i", "й": "y", "к": "k", "қ": "k", "л": "l", "м": "m", "н": "n", "ң": "n", "о": "o", "ө": "o",
        "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ұ": "u", "ү": "u", "ф": "f", "х": "kh", "һ": "h", "ц": "ts",
        "ч": "ch", "ш": "sh", "щ": "shch", "ы": "y", "э": "e", "ю": "yu", "я": "ya", "ъ": "", "ь": "",
    ]
}
