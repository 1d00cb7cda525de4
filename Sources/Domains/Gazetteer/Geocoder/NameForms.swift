/// The written and spoken forms of a place's name.
///
/// Russian names streets in the genitive («Сатпаева»), Kazakh in the nominative («Сәтбаев»), and people mix both; long names
/// are shortened to the surname, and words are swapped or joined. The forms are made once, when the index is built, so a
/// query needs no stemmer: stemming gives «Абай» and «Абая» different stems.
struct NameForms {
    /// One form of a name.
    struct Form: Hashable {
        let words: [String]
        /// Whether it is only part of the name, such as a surname.
        let isPart: Bool
        /// Whether its words have different endings from the name's: another case or gender.
        let isInflected: Bool
    }

    /// Every form of a name, the name itself first.
    let all: [Form]
    /// The first names next to a surname, which people add or leave out.
    let givenNames: Set<String>

    init(_ name: String) {
        let words = Token.tokens(of: Self.withoutBrackets(name)).map(\.text).filter { !$0.isEmpty }
        guard !words.isEmpty else {
            (all, givenNames) = ([], [])
            return
        }
        var forms: [Form] = []
        var seen: Set<[String]> = []
        func add(_ words: [String], isPart: Bool = false, isInflected: Bool = false) {
            guard !words.isEmpty, seen.insert(words).inserted else { return }
            forms.append(Form(words: words, isPart: isPart, isInflected: isInflected))
        }
        let full = Self.withoutInitials(words)
        let declined = Self.declined(full)
        add(words)
        for other in declined { add(other, isInflected: other != full) }
        for other in declined where other.count == 2 && Self.areNames(other) {
            add([other[1], other[0]], isInflected: other != full)
        }
        for other in declined { add(Self.runTogether(other), isInflected: other != full) }
        for other in declined {
            for part in Self.parts(of: other) { add([part], isPart: true, isInflected: other != full) }
        }
        all = forms
        givenNames = Self.givenNames(in: declined)
    }

    private static func givenNames(in forms: [[String]]) -> Set<String> {
        var names: Set<String> = []
        for words in forms where (2...3).contains(words.count) {
            guard words.contains(where: { $0.unicodeScalars.count > 4 && StreetText.looksLikeSurname($0) }) else {
                continue
            }
            for word in words where !StreetText.looksLikeSurname(word) && word.unicodeScalars.count > 3 {
                names.insert(word)
                names.formUnion(Declension.cases(of: word))
            }
        }
        return names
    }

    // «Зенкова (посёлок Горный Гигант)»: brackets hold the location, not the name.
    private static func withoutBrackets(_ name: String) -> String {
        guard let open = name.firstIndex(of: "("), open > name.startIndex else { return name }
        let close = name[open...].firstIndex(of: ")") ?? name.endIndex
        return String(name[..<open]) + (close < name.endIndex ? String(name[name.index(after: close)...]) : "")
    }

    private static func withoutInitials(_ words: [String]) -> [String] {
        // The letter of «Аксай-3 Б» is not an initial: without it the name is that of another microdistrict.
        let kept = words.enumerated().filter { place, word in
            word.unicodeScalars.count > 1 || word.first?.isNumber == true || word == "и"
                || place > 0 && words[place - 1].first?.isNumber == true
        }.map(\.element)
        return kept.contains { $0.unicodeScalars.count > 2 } ? kept : words
    }

    // The words unchanged, with the last one declined, and with each one declined.
    private static func declined(_ words: [String]) -> [[String]] {
        var forms = [words]
        guard let last = words.last else { return forms }
        for other in Declension.cases(of: last) { forms.append(words.dropLast() + [other]) }
        if words.count > 1 {
            let each = words.map { Declension.cases(of: $0).first ?? $0 }
            if !forms.contains(each) { forms.append(each) }
        }
        return forms
    }

    private static func areNames(_ words: [String]) -> Bool {
        words.allSatisfy { $0.unicodeScalars.count > 2 && $0.first?.isLetter == true }
    }

    // «Толе би» is typed «толеби», «Аль-Фараби» «альфараби»; numbers stay separate words.
    private static func runTogether(_ words: [String]) -> [String] {
        var joined: [String] = []
        var endsInLetters = false
        for word in words {
            let isLetters = word.first?.isLetter == true
            if isLetters, endsInLetters, let last = joined.last {
                joined[joined.count - 1] = last + word
            } else {
                joined.append(word)
            }
            endsInLetters = isLetters
        }
        return joined
    }

    private static let titles: Set<String> = [
        "батыр", "батыра", "би", "бия", "хан", "хана", "ана", "баба", "ата", "акын", "акына", "сал", "султан",
        "султана", "жырау", "шешен", "batyr", "batyra", "bi", "khan", "khana", "ana", "baba", "ata", "akyn",
    ]

    // The surname of a person, or the name without a title.
    private static func parts(of words: [String]) -> [String] {
        guard words.count > 1, words.count < 5 else { return [] }
        let surnames = words.filter { $0.unicodeScalars.count > 4 && StreetText.looksLikeSurname($0) }
        if !surnames.isEmpty { return surnames }
        guard let last = words.last else { return [] }
        // «Линия» alone is not «20-я линия»: only the number tells it from its neighbours.
        if words.contains(where: { $0.first?.isNumber == true }), last.unicodeScalars.count < 7 { return [] }
        if titles.contains(last) { return words[0].unicodeScalars.count > 3 ? [words[0]] : [] }
        return last.unicodeScalars.count > 4 && last.first?.isLetter == true ? [last] : []
    }
}
