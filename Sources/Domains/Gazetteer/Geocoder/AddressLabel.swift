public import Civic

/// Formats the labels of places and addresses in the order and style of each language.
///
/// Kazakh: «Абай даңғылы, 52-үй»; Russian: «проспект Абая, 52»; English: "52 Abaya Avenue". A place that is called by a
/// number: «12-ықшамаудан, 19-үй», «12-й микрорайон, 19», "Microdistrict 12, 19". A name that is missing in the reader's
/// language keeps the word order of the language it falls back to.
public enum AddressLabel {
    /// The label of a street.
    public static func street(_ street: Street, language: Language) -> (text: String, language: Language) {
        let (name, spoken) = street.names.label(for: language)
        let word = streetWords[street.kind]?[spoken.rawValue] ?? ""
        return (join(name, word, spoken), spoken)
    }

    /// The label of a microdistrict.
    public static func microdistrict(
        _ microdistrict: Microdistrict,
        language: Language
    ) -> (text: String, language: Language) {
        let (name, spoken) = microdistrict.names.label(for: language)
        let word = microdistrictWords[microdistrict.kind]?[spoken.rawValue] ?? ""
        return (join(name, word, spoken), spoken)
    }

    /// The label of a place followed by its house.
    public static func house(_ house: String, of place: (text: String, language: Language)) -> String {
        switch place.language {
        case .kk: "\(place.text), \(house)-үй"
        case .ru: "\(place.text), \(house)"
        case .en:
            place.text.hasPrefix(numberedMicrodistrict)
                ? "\(place.text), \(romanised(house))" : "\(romanised(house)) \(place.text)"
        }
    }

    // «48А» has a Cyrillic letter, «164 к4» a Cyrillic word: an English reader sees 48A and 164 bldg 4.
    private static func romanised(_ house: String) -> String {
        let letters: [Character: String] = [
            "А": "A", "Б": "B", "В": "V", "Г": "G", "Д": "D", "Е": "E", "Ж": "Zh", "З": "Z", "И": "I", "К": "K",
        ]
        return house.replacing(" к", with: " bldg ").map { letters[$0] ?? String($0) }.joined()
    }

    private static func join(_ name: String, _ word: String, _ language: Language) -> String {
        if word.isEmpty { return name }
        switch language {
        case .kk: return isNumber(name) ? "\(name)-\(bareWords[word] ?? word)" : "\(name) \(word)"
        case .ru: return russian(name, word)
        case .en:
            if name.first?.isNumber == true, word == microdistrictWords[.microdistrict]?["en"] {
                return numberedMicrodistrict + name
            }
            return name.hasSuffix(" Line") ? name : "\(name) \(word)"
        }
    }

    private static func isNumber(_ name: String) -> Bool {
        name.unicodeScalars.allSatisfy { ("0"..."9").contains($0) }
    }

    // A number is an ordinal that stands before its noun and agrees with it: «22-я улица», «1-й переулок», «12-й
    // микрорайон», «2-я Братская улица». «8-й Гвардейской Дивизии» agrees with another noun and follows «улица».
    private static func russian(_ name: String, _ word: String) -> String {
        guard let first = name.unicodeScalars.first, ("0"..."9").contains(first) else { return "\(word) \(name)" }
        if name.hasSuffix(" линия") { return name }
        let ending = russianEndings[word] ?? "й"
        let digits = name.prefix { $0.isASCII && $0.isNumber }
        let rest = name[digits.endIndex...]
        if rest.isEmpty || ["-я", "-й", "-е"].contains(rest) { return "\(digits)-\(ending) \(word)" }
        return rest.hasPrefix("-я ") && ending == "я" && rest.hasSuffix("ая") ? "\(name) \(word)" : "\(word) \(name)"
    }

    // Endings of ordinals before nouns that are not masculine.
    private static let russianEndings = [
        "улица": "я", "площадь": "я", "набережная": "я", "садоводческое товарищество": "е",
    ]

    private static let numberedMicrodistrict = "Microdistrict "

    // After a number Kazakh uses the noun without the possessive ending: «5-көше», not «5-көшесі».
    private static let bareWords = [
        "көшесі": "көше", "даңғылы": "даңғыл", "тұйық көшесі": "тұйық көше", "өткелі": "өткел",
        "ықшамауданы": "ықшамаудан",
    ]

    // The name of a road already contains its type word: «Кульджинский тракт».
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
