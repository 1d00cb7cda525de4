/// Grammatical cases of the Russian names of countries and of adjectives.
enum RussianCases {
    private static let adjective = "ий ого ому им ом ая ой ую ое ие их ими ый ые ых ыми".split(separator: " ").map(
        String.init
    )

    /// Every case of a folded word given in the nominative: an adjective in -ий or a singular noun.
    static func forms(of word: String) -> [String] {
        func forms(cutting count: Int, _ endings: String...) -> [String] {
            endings.map { String(word.unicodeScalars.dropLast(count)) + $0 } + [word]
        }
        if word.hasSuffix("ский") || word.hasSuffix("цкий") {
            return adjective.map { String(word.unicodeScalars.dropLast(2)) + $0 }
        }
        if word.hasSuffix("ия") { return forms(cutting: 1, "и", "ю", "ей") }
        if word.hasSuffix("я") { return forms(cutting: 1, "и", "е", "ю", "ей") }
        if word.hasSuffix("а") { return forms(cutting: 1, "ы", "и", "е", "у", "ой", "ей") }
        if word.hasSuffix("ы") { return forms(cutting: 1, "", "ов", "ам", "ами", "ах") }
        if word.hasSuffix("й") { return forms(cutting: 1, "я", "ю", "ем", "е") }
        if word.hasSuffix("ль") { return forms(cutting: 1, "я", "ю", "ем", "е") }
        if word.hasSuffix("ь") { return forms(cutting: 1, "и", "ью") }
        // «Египет», «Египта».
        let stem = word.hasSuffix("ет") ? String(word.unicodeScalars.dropLast(2)) + "т" : word
        return [word] + ["а", "у", "ом", "е"].map { stem + $0 }
    }
}
