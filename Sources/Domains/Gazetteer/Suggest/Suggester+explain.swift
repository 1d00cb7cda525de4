public import Civic

extension Suggester {
    /// Completes a text like `suggestions`, and explains how the suggestions were ranked.
    ///
    /// - Parameters:
    ///   - text: what has been typed so far; at most `Geocoder.longestQuery` characters count.
    ///   - limit: the most suggestions returned.
    ///   - language: the language whose alphabet orders equal suggestions.
    public func explain(
        _ text: String,
        limit: Int = 8,
        language: Language = .kk
    ) -> (suggestions: [Suggestion], explanation: QueryExplanation) {
        let text = Geocoder.cut(text)
        let candidates = candidates(for: text, near: nil, limit: limit, language: language)
        let suggestions = ranked(candidates, near: nil, limit: limit)
        let query = AddressQuery(Token.tokens(of: text))
        let trace = QueryTrace()
        let search = geocoder.search(for: query, trace: trace)
        let answers = trace.explanation(search.candidates.map(\.result))
        let explainer = RelevanceExplainer(text, isUnfinished: true, in: snapshot.directory)
        let explained = candidates.map { candidate in
            (candidate.target, candidate.score, parts(of: candidate, answers, explainer))
        }
        return (
            suggestions,
            QueryExplanation(
                answers.interpretations,
                explained,
                answers: suggestions.map { ($0.target, $0.score) }
            )
        )
    }

    private func parts(
        of suggestion: Suggestion,
        _ answers: QueryExplanation,
        _ explainer: RelevanceExplainer
    ) -> [ScorePart] {
        var parts = ScoreParts()
        switch suggestion.origin {
        case .name(let basis, let fits):
            basis.explain(&parts)
            if !fits { parts.subtract(RankingWeights.otherTypeCompleted) }
        case .house(let house): house.explain(&parts)
        case .houseBefore(let basis, let cost):
            basis.explain(&parts)
            parts.add(
                RankingWeights.houseBeforeCompletion,
                -RankingWeights.houseBeforeCompletion.value * cost
            )
        case .crossing(let basis):
            basis.explain(&parts)
            parts.add(RankingWeights.completedCrossing)
        case .answer:
            let candidate = answers.candidates.first {
                $0.target.isSame(as: suggestion.target) && abs($0.score - suggestion.score) < 1e-9
            }
            return candidate?.parts ?? []
        case .directory:
            switch suggestion.target {
            case .category(let id):
                return snapshot.directory.categories[id].map { explainer.parts(ofCategory: $0.index).all } ?? []
            case .place(let result):
                guard case .organization(let record) = result.subject else { return [] }
                return explainer.parts(ofOrganization: record).all
            }
        }
        return parts.all
    }
}

extension NameCompletions.Basis {
    fileprivate func explain(_ parts: inout ScoreParts) {
        parts.add(RankingWeights.completion)
        parts.add(RankingWeights.importance, RankingWeights.importance.value * importance)
        if isWhole { parts.add(RankingWeights.wholeName) }
        parts.add(RankingWeights.completedForm, -RankingWeights.completedForm.value * penalty)
        parts.add(RankingWeights.completedTypo, -RankingWeights.completedTypo.value * Double(typoCount))
    }
}

extension Suggestion.House {
    fileprivate func explain(_ parts: inout ScoreParts) {
        parts.add(RankingWeights.completedHouse)
        parts.add(RankingWeights.nextNamesake, -RankingWeights.nextNamesake.value * Double(order))
        let form = AddressRanking.weight(of: nameType).cost
        parts.add(RankingWeights.completedForm, -RankingWeights.completedForm.value * form)
        switch position {
        case .whole: parts.add(RankingWeights.wholeNumber)
        case .next(let place): parts.add(RankingWeights.nextNumber, -RankingWeights.nextNumber.value * Double(place))
        case .estimated: parts.subtract(RankingWeights.estimatedHouse)
        }
    }
}
