/// The names, plurals and synonyms of categories as runs of words: «детский сад», "public service centre", «ХҚКО».
struct CategoryPhrases: Sendable {
    /// A category that a phrase names.
    struct Meaning: Sendable, Equatable {
        /// The place in the tree.
        let category: Int
        /// What the phrase is worth: a name more than a synonym.
        let worth: Float
        /// Whether the phrase is a name or plural and no synonym.
        var isName: Bool { worth >= Relevance.category }
    }

    /// A phrase of a category.
    struct Phrase {
        let words: [String]
        let meaning: Meaning
    }

    private let meanings: [String: [Meaning]]
    private let longest: Int

    init(_ phrases: [Phrase]) {
        var meanings: [String: [Meaning]] = [:]
        for phrase in phrases {
            for key in Set(Self.keys(of: phrase.words)) {
                let known = meanings[key, default: []]
                if let place = known.firstIndex(where: { $0.category == phrase.meaning.category }) {
                    if known[place].worth < phrase.meaning.worth { meanings[key]?[place] = phrase.meaning }
                } else {
                    meanings[key, default: []].append(phrase.meaning)
                }
            }
        }
        self.meanings = meanings
        longest = phrases.map(\.words.count).max() ?? 0
    }

    /// The runs of words that name categories.
    func meanings(in words: [String]) -> [DirectoryQuestion.Meaning] {
        let forms = Forms(words)
        var found: [DirectoryQuestion.Meaning] = []
        for start in words.indices {
            for end in start..<min(start + longest, words.count) {
                let categories = meanings(of: forms.keys(of: start...end))
                if !categories.isEmpty { found.append(.init(words: start..<end + 1, categories: categories)) }
            }
        }
        return found
    }

    private func meanings(of keys: [String]) -> [Meaning] {
        var best: [Meaning] = []
        for key in keys {
            for meaning in meanings[key] ?? [] {
                if let place = best.firstIndex(where: { $0.category == meaning.category }) {
                    if best[place].worth < meaning.worth { best[place] = meaning }
                } else {
                    best.append(meaning)
                }
            }
        }
        return best.sorted { ($1.worth, $0.category) < ($0.worth, $1.category) }
    }

    private static func keys(of words: [String]) -> [String] {
        words.isEmpty ? [] : Forms(words).keys(of: 0...words.count - 1)
    }

    /// Words by the stems of each language and by their sounds; a run of them has a key for each.
    private struct Forms {
        private let forms: [[String]]

        init(_ words: [String]) {
            forms = [words.map(RussianStem.stem), words.map(KazakhStem.stem), words.map(SoundKey.key)]
        }

        func keys(of range: ClosedRange<Int>) -> [String] {
            zip(["r", "k", "s"], forms).map { prefix, words in
                words[range].reduce(into: prefix) { key, word in
                    key += " "
                    key += word
                }
            }
        }
    }

    /// The phrases of a tree, their words folded; what stands in brackets is a phrase of its own.
    static func phrases(of tree: CategoryTree) -> [Phrase] {
        tree.nodes.flatMap { node in
            let names = (node.category.names.all + node.category.plurals.all).flatMap(parts)
            return names.map { Phrase(words: $0, meaning: .init(category: node.index, worth: Relevance.category)) }
                + node.category.synonyms.flatMap(parts).map {
                    Phrase(words: $0, meaning: .init(category: node.index, worth: Relevance.synonym))
                }
        }
    }

    private static func parts(_ text: String) -> [[String]] {
        text.split(whereSeparator: { "()".contains($0) }).map { part in
            let words = Token.tokens(of: String(part)).map(\.text)
            let telling = words.filter { QuestionWords.standing(of: $0) != .saysNothing }
            return telling.isEmpty ? words : telling
        }
        .filter { !$0.isEmpty }
    }
}
