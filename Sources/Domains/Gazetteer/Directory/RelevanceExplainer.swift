/// Breaks the scores of institutions and categories down into their parts.
struct RelevanceExplainer {
    private let parsed: ParsedQuery
    private let isUnfinished: Bool
    private let terms: [TermMatches]
    private let scorer: HitScorer
    private let categories: CategoryCompletion?

    /// - Parameters:
    ///   - text: the query as typed.
    ///   - isUnfinished: whether it is still being typed.
    init(_ text: String, isUnfinished: Bool, in directory: OrganizationDirectory) {
        let parser = QueryParser(index: directory.index, phrases: directory.phrases)
        let text = QueryParser.cut(text)
        parsed = isUnfinished ? parser.parseUnfinished(text, Token.tokens(of: text)) : parser.parse(text)
        self.isUnfinished = isUnfinished
        let (buckets, scorer) = directory.answers(to: parsed, isUnfinished: isUnfinished)
        (terms, self.scorer) = (buckets.words, scorer)
        categories = isUnfinished ? CategoryCompletion(parsed, in: directory) : nil
    }

    /// The parts of the score of an organization; they add up to it.
    func parts(ofOrganization record: Int) -> ScoreParts {
        var parts = ScoreParts()
        var (matched, named): (Float, Int) = (0, 0)
        let all = terms.reduce(0) { $0 + $1.weight }
        let scale =
            isUnfinished ? RankingWeights.completedInstitution.value : Double(RankingWeights.share.value)
        for term in terms {
            guard let (worth, isNamed) = term.worth(for: record), all > 0 else { continue }
            matched += worth * term.weight
            if isNamed { named += 1 }
            let amount = scale * Double(worth * term.weight / all)
            if isUnfinished {
                parts.add(RankingWeights.completedInstitution, amount, term.word)
            } else {
                parts.add(RankingWeights.share, amount, term.word)
            }
        }
        let (cover, begins) = scorer.coverage(of: record, named: named)
        if isUnfinished {
            if begins { parts.add(RankingWeights.completedBeginning) }
        } else {
            parts.add(RankingWeights.cover, Double(RankingWeights.cover.value * cover))
            if begins { parts.add(RankingWeights.beginning, Double(RankingWeights.beginning.value)) }
        }
        let score = scorer.score(of: record, matched: matched, named: named)
        parts.add(RankingWeights.rounding, Double(score) / 100 - parts.total)
        return parts
    }

    /// The parts of the score of a category that completes the query.
    func parts(ofCategory category: Int) -> ScoreParts {
        var parts = ScoreParts()
        guard let entry = categories?.best.first(where: { $0.category == category }) else { return parts }
        switch entry.beginning {
        case .name: parts.add(RankingWeights.completedCategory)
        case .synonym: parts.add(RankingWeights.completedSynonym)
        case .none: break
        }
        let weight = entry.beginning == .none ? RankingWeights.categoryWords : RankingWeights.categoryShare
        parts.add(weight, weight.value * Double(entry.share), parsed.text)
        parts.add(RankingWeights.rounding, Double(entry.score) / 100 - parts.total)
        return parts
    }
}
