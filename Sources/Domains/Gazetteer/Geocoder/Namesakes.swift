/// The places that one name of a query may mean: those with exactly this name, and those with a similar one.
///
/// «Ауэзова» is the name of a street, but people also say it for another, «Ауэзовой». What is known of their houses does not
/// tell which was meant, so a similar name never ranks above the exact name.
struct Namesakes {
    private struct Interpretation {
        let candidate: Int
        let range: Range<Int>
        let isExact: Bool
        let isFormer: Bool
        let claim: Double
    }

    private var interpretations: [Interpretation] = []

    /// Adds a place that is about to become a candidate.
    ///
    /// - Parameters:
    ///   - candidate: its future index in the candidates.
    ///   - claim: its confidence before the house is considered.
    mutating func add(candidate: Int, _ namedPlace: NameIndex.NamedPlace, _ span: NameSpan, claim: Double) {
        let isExact = namedPlace.nameType.isExact && span.cost <= RankingWeights.otherAlphabet.value
        interpretations.append(
            Interpretation(
                candidate: candidate,
                range: span.range,
                isExact: isExact,
                isFormer: namedPlace.nameType == .former,
                claim: claim
            )
        )
    }

    /// Lowers each place with a similar name below the one with the exact name, if that one fits the query as well.
    ///
    /// - Parameter isLowered: called with the index and the new confidence of each that is lowered.
    func lower(_ candidates: inout [Candidate], in query: AddressQuery, isLowered: (Int, Double) -> Void) {
        let exact = interpretations.filter(\.isExact)
        // A former name can also be typed exactly; there a known house shows which street was meant.
        for like in interpretations where !like.isFormer {
            let better = exact.filter { $0.claim >= like.claim && isLike(like, $0, query) }
            guard let surest = better.map({ candidates[$0.candidate].result.confidence }).max() else { continue }
            let confidence = surest - RankingWeights.exactName.value
            guard candidates[like.candidate].result.confidence > confidence else { continue }
            candidates[like.candidate].lower(to: confidence)
            isLowered(like.candidate, candidates[like.candidate].result.confidence)
        }
    }

    // Part of a longer name is a similar name, unless the rest is a number, which may be the house.
    private func isLike(_ interpretation: Interpretation, _ exact: Interpretation, _ query: AddressQuery) -> Bool {
        if interpretation.range == exact.range { return !interpretation.isExact }
        guard exact.range.contains(interpretation.range.lowerBound),
            exact.range.upperBound >= interpretation.range.upperBound
        else {
            return false
        }
        return exact.range.allSatisfy { interpretation.range.contains($0) || !query.tokens[$0].isNumber }
    }
}
