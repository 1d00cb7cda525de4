/// The names, plurals and synonyms of categories as runs of words: «детский сад», "public service centre", «ХҚКО».
struct CategoryPhrases: Sendable {
    /// A category that a phrase names.
    struct Meaning: Sendable, Equatable {
        /// The index in the tree.
        let category: Int
        /// The worth of the phrase; a name is worth more than a synonym.
        let worth: Float
        /// Whether the phrase is a name or plural, not a synonym.
        var isName: Bool { worth >= RankingWeights.categoryField.value }
    }

    /// A phrase of a category.
    struct Phrase {
        let words: [String]
        let meaning: Meaning
    }

    // A phrase is found by the stems of its words in either language and by their sounds: one tree for each form.
    private let trees: [(form: @Sendable (WordForms) -> String, tree: PhraseTrie)]

    init(_ phrases: [Phrase]) {
        let forms: [@Sendable (WordForms) -> String] = [{ $0.russian }, { $0.kazakh }, { $0.sounds[0] }]
        trees = forms.map { form in
            (form, PhraseTrie(phrases.map { (words: $0.words.map { form(WordForms($0)) }, meaning: $0.meaning) }))
        }
    }

    /// The runs of words that name categories.
    func meanings(in words: [WordForms]) -> [ParsedQuery.Meaning] {
        var runs: [(words: Range<Int>, categories: [Meaning])] = []
        for (form, tree) in trees {
            let numbers = words.map { tree.number(of: form($0)) }
            for start in words.indices where numbers[start] != nil {
                tree.walk(numbers[start...]) { end, meanings in
                    if let known = runs.firstIndex(where: { $0.words == start..<end }) {
                        runs[known].categories = Self.merged(runs[known].categories, meanings)
                    } else {
                        runs.append((start..<end, meanings))
                    }
                }
            }
        }
        runs.sort { ($0.words.lowerBound, $0.words.upperBound) < ($1.words.lowerBound, $1.words.upperBound) }
        return runs.map { run in
            let best = run.categories.sorted { ($1.worth, $0.category) < ($0.worth, $1.category) }
            return .init(words: run.words, categories: best)
        }
    }

    /// The union of both, with the greater worth for each category.
    static func merged(_ one: [Meaning], _ other: [Meaning]) -> [Meaning] {
        var best = one
        for meaning in other {
            if let place = best.firstIndex(where: { $0.category == meaning.category }) {
                if best[place].worth < meaning.worth { best[place] = meaning }
            } else {
                best.append(meaning)
            }
        }
        return best
    }

    /// The folded phrases of a tree; text in brackets is a separate phrase.
    static func phrases(of tree: CategoryTree) -> [Phrase] {
        tree.nodes.flatMap { node in
            let names = (node.category.names.all + node.category.plurals.all).flatMap(parts)
            return names.map {
                Phrase(words: $0, meaning: .init(category: node.index, worth: RankingWeights.categoryField.value))
            }
                + node.category.synonyms.flatMap(parts).map {
                    Phrase(words: $0, meaning: .init(category: node.index, worth: RankingWeights.synonymField.value))
                }
        }
    }

    private static func parts(_ text: String) -> [[String]] {
        text.split(whereSeparator: { "()".contains($0) }).map { part in
            let words = Token.tokens(of: String(part)).map(\.text)
            let telling = words.filter { QueryWords.role(of: $0) != .ignored }
            return telling.isEmpty ? words : telling
        }
        .filter { !$0.isEmpty }
    }
}
