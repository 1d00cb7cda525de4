/// Writes places and addresses the way each language does.
///
/// Kazakh: «Абай даңғылы, 52-үй»; Russian: «проспект Абая, 52»; English: "52 Abaya Avenue". A name that is missing in
/// the reader's language keeps the word order of the language it falls back to.
public enum AddressLabel {
    /// The label of a street.
    public static func street(_ street: Street, language: Language) -> (text: String, language: Language) {
        let (name, spoken) = street.names.label(for: language)
        let word = streetWords[street.kind]?[spoken.rawValue] ?? ""
        return (join(name, word, spoken, wordFirst: spoken == .ru), spoken)
    }

    /// The label of a microdistrict.
    public static func microdistrict(
        _ microdistrict: Microdistrict,
        language: Language
    ) -> (text: String, language: Language) {
        let (name, spoken) = microdistrict.names.label(for: language)
        let word = microdistrictWords[microdistrict.kind]?[spoken.rawValue] ?? ""
        return (join(name, word, spoken, wordFirst: spoken == .ru), spoken)
    }

    /// A place's label with its house.
    public static func house(_ house: String, of place: (text: String, language: Language)) -> String {
        switch place.language {
        case .kk: "\(place.text), \(house)-үй"
        case .ru: "\(place.text), \(house)"
        case .en: "\(romanised(house)) \(place.text)"
        }
    }

    // «48А» has a Cyrillic letter, «164 к4» a Cyrillic word: an English reader gets 48A and 164 bldg 4.
    private static func romanised(_ house: String) -> String {
        let letters: [Character: String] = [
            "А": "A", "Б": "B", "В": "V", "Г": "G", "Д": "D", "Е": "E", "Ж": "Zh", "З": "Z", "И": "I", "К": "K",
        ]
        return house.replacing(" к", with: " bldg ").map { letters[$0] ?? String($0) }.joined()
    }

    private static func join(_ name: String, _ word: String, _ language: Language, wordFirst: Bool) -> String {
        if word.isEmpty { return name }
        // A bare number needs its ending in Kazakh: «10-ықшамауданы» reads as an ordinal.
        if language == .kk, name.unicodeScalars.last.map({ ("0"..."9").contains($0) }) == true,
            name.unicodeScalars.allSatisfy({ ("0"..."9").contains($0) })
        {
            return "\(name)-\(bareWords[word] ?? word)"
        }
        return wordFirst ? "\(word) \(name)" : "\(name) \(word)"
    }

    // After a number Kazakh takes the plain noun: «5-көше», not «5-көшесі».
    private static let bareWords = [
        "көшесі": "көше", "даңғылы": "даңғыл", "тұйық көшесі": "тұйық көше", "өткелі": "өткел",
        "ықшамауданы": "ықшамаудан",
    ]

    // A road bears its word in its name: «Кульджинский тракт».
    private static let streetWords: [Street.Kind: [String: String]] = [
        .street: ["kk": "көшесі", "ru": "улица", "en": "Street"],
        .avenue: ["kk": "даңғылы", "ru": "проспект", "en": "Avenue"],
        .boulevard: ["kk": "бульвары", "ru": "бульвар", "en": "Boulevard"],
        .lane: ["kk": "тұйық көшесі", "ru": "переулок", "en": "Lane"],
        .passage: ["kk": "өткелі", "ru": "проезд", "en": "Passage"],
        .square: ["kk": "алаңы", "ru": "площадь", "en": "Square"],
        .embankment: ["kk": "жағалауы", "ru": "набережная", "en": "Embankment"],
    ]

    private static let microdistrictWords: [Microdistrict.Kind: [String: String]] = [
        .microdistrict: ["kk": "ықшамауданы", "ru": "микрорайон", "en": "microdistrict"],
        .village: ["kk": "ауылы", "ru": "посёлок", "en": "village"],
        .gardenSociety: ["kk": "бау-бақша серіктестігі", "ru": "садоводческое товарищество", "en": "garden society"],
    ]
}
