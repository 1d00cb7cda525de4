import Civic

/// Ranks the categories that an unfinished query may mean.
struct CategoryCompletion {
    /// A category and its score.
    struct Entry {
        let category: Int
        /// The share of the words of the query that occur in its names.
        let share: Float
        let beginning: CategoryNames.Beginning
        /// In hundredths.
        let score: Int
    }

    /// The categories that have every required word, best first.
    let best: [Entry]

    init(_ parsed: ParsedQuery, in directory: OrganizationDirectory) {
        let tree = directory.categories
        var matched = [Float](repeating: 0, count: tree.nodes.count)
        var all = [Int](repeating: 0, count: tree.nodes.count)
        let must = parsed.words.indices.filter { parsed.words[$0].isRequired }
        var kinds = [Float](repeating: 0, count: tree.nodes.count)
        for place in must {
            for (terms, worth) in parsed.words[place].terms {
                for kind in directory.index.categories(of: terms) where kind.worth > RankingWeights.groupField.value {
                    kinds[kind.category] = max(kinds[kind.category], kind.worth * worth)
                }
            }
            for kind in kinds.indices where kinds[kind] > 0 {
                matched[kind] += kinds[kind]
                all[kind] += 1
                kinds[kind] = 0
            }
        }
        let candidates = must.isEmpty ? [] : all.indices.filter { all[$0] == must.count && tree.nodes[$0].count > 0 }
        guard !candidates.isEmpty else {
            best = []
            return
        }
        for meaning in parsed.wholeMeaning {
            matched[meaning.category] = max(matched[meaning.category], meaning.worth * Float(must.count))
        }
        let text = parsed.text
        best = candidates.map { kind in
            let share = matched[kind] / Float(must.count)
            let beginning = directory.categoryNames[kind].beginning(with: text)
            return Entry(category: kind, share: share, beginning: beginning, score: Self.score(share, beginning))
        }
        .sorted { ($1.score, $0.category) < ($0.score, $1.category) }
    }

    // A category ranks above every organization if its name begins with the typed text, among them if only a synonym does.
    private static func score(_ share: Float, _ beginning: CategoryNames.Beginning) -> Int {
        func part(_ weight: RankingWeights.Weight) -> Int { Int((share * Float(100 * weight.value)).rounded()) }
        switch beginning {
        case .name: return RankingWeights.completedCategory.hundredths + part(RankingWeights.categoryShare)
        case .synonym: return RankingWeights.completedSynonym.hundredths + part(RankingWeights.categoryShare)
        case .none: return part(RankingWeights.categoryWords)
        }
    }
}

/// The names of a category as they are typed, folded.
struct CategoryNames: Sendable {
    /// Which of the names begins with a text.
    enum Beginning {
        case name
        case synonym
        case none
    }

    /// The folded words of the plural as shown in each language.
    let pluralWords: [Language: [String]]
    private let names: [String]
    private let synonyms: [String]

    init(_ category: Category) {
        pluralWords = Dictionary(
            uniqueKeysWithValues: Language.allCases.map { language in
                (language, Token.tokens(of: category.plurals.label(for: language).text).map(\.text))
            }
        )
        names = (category.names.all + category.plurals.all).map(Self.folded)
        synonyms = category.synonyms.map(Self.folded)
    }

    func beginning(with text: String) -> Beginning {
        if names.contains(where: { $0.utf8.starts(with: text.utf8) }) { return .name }
        return synonyms.contains { $0.utf8.starts(with: text.utf8) } ? .synonym : .none
    }

    private static func folded(_ text: String) -> String { Token.tokens(of: text).map(\.text).joined(separator: " ") }
}
