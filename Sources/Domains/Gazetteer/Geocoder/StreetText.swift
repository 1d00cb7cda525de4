/// Text that names a street, split into its kind (from the type word) and the words of the name.
struct StreetText {
    /// The kind given by the type word; nil when there is none.
    let kind: Street.Kind?
    /// The folded words of the name, without type word, initials and locality.
    let words: [String]
    /// Whether the text names a microdistrict or garden society and not a street.
    let isLocality: Bool

    /// Reads a text.
    ///
    /// - Parameter isBareName: whether the text is a name without a type word, as in a list of streets.
    init(_ text: String, isBareName: Bool = false) {
        let tokens = Token.tokens(of: text)
        if isBareName {
            (kind, words, isLocality) = (nil, Self.withoutInitials(tokens.map(\.text)), false)
            return
        }
        let locality = Self.locality(in: tokens)
        guard locality != 0 else {
            (kind, words, isLocality) = (nil, [], true)
            return
        }
        var rest = Array(tokens[..<locality])
        let kind = Self.takeKind(from: &rest)
        self.kind = kind
        words = Self.withoutInitials(rest.map(\.text))
        isLocality = words.isEmpty && locality < tokens.count
    }

    /// Whether a word has the ending of a surname in the genitive or of a Kazakh patronymic.
    static func looksLikeSurname(_ word: String) -> Bool {
        let endings = [
            "ов", "ова", "ев", "ева", "ин", "ина", "ын", "ына", "овой", "евой", "улы", "кызы", "ского", "вца",
        ]
        return endings.contains { word.hasSuffix($0) }
    }

    // «Яссауи мкр. Достык», «Ленина сад. тов. Радуга»: the index where the locality begins, or the end.
    private static func locality(in tokens: [Token]) -> Int {
        for (index, token) in tokens.enumerated() where !token.isNumber {
            let typeWords = AddressWord.meanings(of: token.text)
            let isArea = typeWords.contains { if case .microdistrict = $0 { true } else { false } }
            // «Сад» alone may be a name; «сад. тов.» is not.
            let next = index + 1 < tokens.count ? tokens[index + 1].text : ""
            if isArea, token.text != "сад" || next == "тов" { return index }
            if token.text == "пкст" || token.text == "квартал" && index == 0 { return index }
        }
        return tokens.count
    }

    private static func takeKind(from tokens: inout [Token]) -> Street.Kind? {
        // «пр-т»: two tokens form one word.
        if tokens.count > 2, tokens[1].separator == .hyphen,
            let kind = kind(of: tokens[0].text + tokens[1].text)
        {
            tokens.removeFirst(2)
            return kind
        }
        guard tokens.count > 1 || tokens.first.map({ kind(of: $0.text) != nil && $0.text.count > 1 }) == true else {
            return nil
        }
        if let first = tokens.first, let kind = kind(of: first.text), first.text != "к" {
            tokens.removeFirst()
            return kind
        }
        guard let last = tokens.last, let kind = kind(of: last.text), last.text != "к" else { return nil }
        // «Кульджинский тракт»: a road keeps its type word as part of its name.
        if kind != .road { tokens.removeLast() }
        return kind
    }

    private static func kind(of word: String) -> Street.Kind? {
        for meaning in AddressWord.meanings(of: word) {
            if case .street(let kind) = meaning { return kind }
        }
        return nil
    }

    private static func withoutInitials(_ words: [String]) -> [String] {
        let isInitial = { (word: String) in
            word.unicodeScalars.count == 1 && !word.allSatisfy(\.isNumber) && word != "и"
        }
        guard words.contains(where: { $0.unicodeScalars.count > 2 }) else { return words }
        return words.filter { !isInitial($0) }
    }
}
