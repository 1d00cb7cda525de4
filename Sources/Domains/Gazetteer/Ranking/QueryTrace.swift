public import Civic

/// Records how one query is answered.
///
/// The geocoder has one only while it explains a query; otherwise the only cost is a test for nil in each stage.
final class QueryTrace {
    private var interpretations: [QueryExplanation.Interpretation] = []
    private var candidates: [(result: GeocodeResult, parts: ScoreParts)] = []

    /// Records one way to read the text.
    func add(_ kind: QueryExplanation.Interpretation.Kind, _ query: AddressQuery, _ spans: [NameSpan]) {
        interpretations.append(.init(kind, query, spans))
    }

    /// Records a candidate and returns its index.
    func add(_ result: GeocodeResult, _ parts: ScoreParts) -> Int {
        candidates.append((result, parts))
        return candidates.count - 1
    }

    /// Changes the scores of candidates by up to the value of a weight.
    func lower(_ indices: [Int], by weight: RankingWeights.Weight) {
        for index in indices { lower(index, to: max(0, candidates[index].parts.total - weight.value), by: weight) }
    }

    /// Lowers the score of a candidate.
    func lower(_ index: Int, to score: Double, by weight: RankingWeights.Weight) {
        candidates[index].parts.settle(at: score, by: weight)
    }

    /// The record, with the answers that were given.
    func explanation(_ results: [GeocodeResult]) -> QueryExplanation {
        QueryExplanation(
            interpretations,
            candidates.map { (.place($0.result), $0.parts.total, $0.parts.all) },
            answers: results.map { (.place($0), $0.confidence) }
        )
    }
}

extension Geocoder {
    /// Answers a query like `answer`, and explains how the answer was found.
    ///
    /// - Parameters:
    ///   - query: what a person typed; at most `longestQuery` characters count.
    ///   - limit: the most results returned.
    ///   - language: the language of `parsed`.
    public func explain(
        _ query: String,
        limit: Int = 10,
        language: Language = .kk
    ) -> (answer: GeocodeAnswer, explanation: QueryExplanation) {
        let trace = QueryTrace()
        let answer = answer(query, near: nil, limit: limit, language: language, trace: trace)
        return (answer, trace.explanation(answer.results))
    }
}
