/// Other grammatical cases of a word of a name, derived from its ending alone.
///
/// The endings are those of Russian surnames and adjectives and of Kazakh names declined as in Russian. Forms that nobody
/// uses do no harm, because they are only compared against.
enum Declension {
    /// Other cases in which a folded Cyrillic word may occur, most likely first.
    static func cases(of word: String) -> [String] {
        let letters = word.unicodeScalars
        guard letters.count > 3, letters.allSatisfy({ (0x430...0x44F).contains($0.value) }) else { return [] }
        for (ending, others) in endings where word.hasSuffix(ending) {
            let stem = String(letters.dropLast(ending.unicodeScalars.count))
            return others.map { stem + $0 }
        }
        return []
    }

    // Longest endings first; the first that fits decides.
    private static let endings: [(String, [String])] = {
        var endings: [(String, [String])] = [
            ("ского", ["ский", "ская"]), ("цкого", ["цкий"]), ("ной", ["ная"]), ("ская", ["ской"]), ("ная", ["ной"]),
            ("овой", ["ова"]), ("евой", ["ева"]), ("иной", ["ина"]), ("ий", ["его"]), ("ый", ["ого"]),
            ("ая", ["ой", "ай"]), ("ова", ["ов"]), ("ева", ["ев"]), ("ина", ["ин"]), ("ына", ["ын"]), ("ов", ["ова"]),
            ("ев", ["ева"]), ("ин", ["ина"]), ("ын", ["ына"]), ("ия", ["ий"]), ("ии", ["ия"]), ("сти", ["сть"]),
        ]
        let vowels = "аеоуыэю".unicodeScalars.map(String.init)
        for vowel in vowels where vowel != "а" { endings.append((vowel + "я", [vowel + "й"])) }
        for vowel in vowels { endings.append((vowel + "й", [vowel + "я"])) }
        for consonant in "бвгджзклмнпрстфхцчшщ".unicodeScalars.map(String.init) {
            endings.append((consonant + "а", [consonant]))
            endings.append((consonant + "ы", [consonant + "а", consonant]))
            endings.append((consonant + "я", [consonant + "ь", consonant + "а"]))
            endings.append((consonant + "ь", [consonant + "я"]))
            endings.append((consonant + "и", [consonant + "а", consonant + "ь"]))
            endings.append((consonant, [consonant + "а"]))
        }
        return endings
    }()
}
