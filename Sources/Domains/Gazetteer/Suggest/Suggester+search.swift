public import Civic
public import Geo

extension Suggester {
    /// Results for a query that may be unfinished.
    public struct Results: Sendable {
        /// The places, most likely first.
        public let places: [GeocodeResult]
        /// The categories that the query may be the beginning of.
        public let categories: [Category.ID]
    }

    /// Answers a query that may have been submitted unfinished: «Розы» may stand for «Розыбакиева», which was suggested.
    ///
    /// - Parameters:
    ///   - query: what a person typed; at most `Geocoder.longestQuery` characters count.
    ///   - near: the viewer's position, used to break ties.
    ///   - limit: the most places returned.
    ///   - language: the language whose alphabet orders equal results.
    public func results(
        for query: String,
        near: Coordinate? = nil,
        limit: Int,
        language: Language
    ) -> Results {
        let answers = geocoder.answer(query, near: near, limit: limit, language: language).results
        if let best = answers.first, best.confidence >= RankingWeights.fairlySure.value, best.corrections.isEmpty {
            return Results(places: answers, categories: [])
        }
        var places = answers.map { (place: $0, score: $0.confidence) }
        var categories: [Category.ID] = []
        // A correction on top of a completion would be two guesses.
        for suggestion in suggestions(for: query, near: near, language: language) where !suggestion.isFuzzy {
            switch suggestion.target {
            case .category(let id): categories.append(id)
            case .place(let place):
                if let known = places.firstIndex(where: { $0.place.isSame(as: place) }) {
                    places[known].score = max(places[known].score, suggestion.score)
                } else {
                    places.append((place, suggestion.score))
                }
            }
        }
        let order = places.indices.sorted {
            places[$0].score != places[$1].score ? places[$0].score > places[$1].score : $0 < $1
        }
        return Results(places: order.prefix(limit).map { places[$0].place }, categories: categories)
    }
}

extension GeocodeResult {
    /// Whether both are the same place or house.
    func isSame(as other: GeocodeResult) -> Bool { subject == other.subject && house == other.house }
}
