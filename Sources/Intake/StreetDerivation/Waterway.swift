import Gazetteer

/// A river or canal named by blocks.
struct Waterway: Sendable, Equatable {
    /// ASCII name for ids.
    let slug: String
    let kk: String?
    let ru: String
    let en: String
    /// The texts that name it.
    let texts: Set<String>

    /// Whether a text names a river or canal.
    static func isWaterway(_ text: String) -> Bool {
        let tokens = Token.tokens(of: text)
        guard let first = tokens.first?.text, tokens.count > 1 else { return false }
        return ["р", "река", "канал", "ручей"].contains(first)
    }

    /// The waterways in texts: one for all spellings of a name, including the alternative name in brackets.
    static func all(in texts: Set<String>) -> [Waterway] {
        var groups: [String: Set<String>] = [:]
        let sorted = texts.filter(isWaterway).sorted()
        let names = Dictionary(uniqueKeysWithValues: sorted.map { ($0, WaterwayText($0)) })
        let counted = names.values.reduce(into: [String: Int]()) { $0[$1.key, default: 0] += 1 }
        for text in sorted {
            guard let name = names[text] else { continue }
            groups[leader(of: name, among: names.values, counted), default: []].insert(text)
        }
        return groups.sorted { $0.key < $1.key }.map { key, texts in
            let spellings = texts.compactMap { names[$0] }.filter { $0.key == key }.map(\.main)
            let name = spellings.min() ?? key
            return Waterway(
                slug: Romanisation.slug(name),
                kk: kazakh[key],
                ru: name,
                en: Romanisation.name(kazakh[key] ?? name),
                texts: texts
            )
        }
    }

    // A misspelling is merged into the more frequent spelling.
    private static func leader(
        of name: WaterwayText,
        among all: some Collection<WaterwayText>,
        _ counted: [String: Int]
    ) -> String {
        let near = all.filter { $0.key.count > 6 && $0.stem == name.stem && $0.isCanal == name.isCanal }
        let keys = Set(near.map(\.key)).union([name.key])
        return keys.max { (counted[$0] ?? 0, $1) < (counted[$1] ?? 0, $0) } ?? name.key
    }

    // Names by hand, because a Russian spelling lacks the Kazakh letters.
    private static let kazakh = [
        "большаяалматинка": "Үлкен Алматы", "малаяалматинка": "Кіші Алматы", "есентай": "Есентай",
        "жарбулак": "Жарбұлақ", "каргалы": "Қарғалы", "карасу": "Қарасу", "султанкарасу": "Сұлтанқарасу",
        "терисбулак": "Терісбұлақ", "тастыбулак": "Тастыбұлақ", "абылгазы": "Абылғазы",
    ]
}

/// The parsed text of a waterway.
private struct WaterwayText {
    let main: String
    let key: String
    let isCanal: Bool

    // «Сапожникова», «Сапожниково», «Сапожнково»: compares the first consonants only.
    var stem: String {
        String(key.filter { !"аеиоуыэюяйь".contains($0) }.prefix(5)) + (key.first.map(String.init) ?? "")
    }

    init(_ text: String) {
        let bare = text.split(separator: "(").first.map(String.init) ?? text
        var words = bare.split(separator: " ").map(String.init)
        let first = words.removeFirst()
        isCanal = Normaliser.fold(first).hasPrefix("канал")
        // «р. Большая Алматинка-4»: an arm counts as its river; so does «Карасу 6».
        let parts = words.filter { !$0.allSatisfy(\.isNumber) }
            .map { word in word.split(separator: "-").first.map(String.init) ?? word }
        main = parts.map { $0.prefix(1).uppercased() + $0.dropFirst().lowercased() }.joined(separator: " ")
        key = Normaliser.fold(parts.joined())
    }
}
