import Civic
import Gazetteer

/// The result of one query.
struct QueryOutcome {
    /// Answers count from this confidence on.
    static let confident = 0.5
    /// The number of answers examined.
    static let depth = 5

    /// The query.
    let query: GeocoderQuery
    /// The rank of the first right answer, from 1; nil when none of the first five is right.
    let rank: Int?
    /// The distance of the top answer from the nearest expected place, metres; nil when either has no position.
    let error: Double?
    /// Whether the top answer lies in the right district; nil when the data does not determine the right one.
    let rightDistrict: Bool?
    /// Whether something was found that should not have been.
    let falsePositive: Bool
    /// The top answer as text; nil when there is none.
    let top: Answer?

    /// An answer as text, for the list of failures.
    struct Answer: Encodable {
        let label: String
        let kind: String
        let match: String
        let confidence: Double
    }

    /// Runs a query and judges the answers.
    init(
        _ query: GeocoderQuery,
        geocoder: Geocoder,
        snapshot: GazetteerSnapshot,
        ground: ExpectedGround
    ) {
        let results = geocoder.answer(query.question, limit: Self.depth, language: .ru).results.prefix(
            Self.depth
        )
        self.query = query
        top = results.first.map { result in
            Answer(
                label: snapshot.label(of: result.subject, .ru).text,
                kind: result.kind.rawValue,
                match: result.match.rawValue,
                confidence: result.confidence
            )
        }
        falsePositive = query.isNegative && results.contains { $0.confidence >= Self.confident }
        rank = results.firstIndex { Self.isRight($0, query, ground) }.map { $0 + 1 }
        error = results.first.flatMap { result in
            query.expected.compactMap { ground.distance(of: result, from: $0) }.min()
        }
        let districts = query.expected.reduce(into: Set<District.ID>()) {
            $0.formUnion(ground.districts(of: $1))
        }
        rightDistrict =
            districts.isEmpty
            ? nil : Self.isRight(results.first, query.expected, districts, snapshot, ground)
    }

    /// Whether the query found what it should, or correctly found nothing.
    var isRight: Bool { query.isNegative ? !falsePositive : rank == 1 }

    private static func isRight(
        _ result: GeocodeResult,
        _ query: GeocoderQuery,
        _ ground: ExpectedGround
    ) -> Bool {
        query.expected.contains { place in
            if ground.answers(result, place) { return true }
            // A district is a record and not a point, so only that record is right.
            if case .district = place { return false }
            return ground.distance(of: result, from: place).map { $0 <= query.tolerance } ?? false
        }
    }

    /// Whether an answer lies in one of the districts, or is the expected record itself, as a long street has no single
    /// district.
    private static func isRight(
        _ result: GeocodeResult?,
        _ places: [ExpectedPlace],
        _ districts: Set<District.ID>,
        _ snapshot: GazetteerSnapshot,
        _ ground: ExpectedGround
    ) -> Bool {
        guard let result else { return false }
        if places.contains(where: { ground.answers(result, $0) }) { return true }
        let own = result.district ?? result.position.flatMap { snapshot.districts.district(at: $0)?.id }
        return own.map { districts.contains($0) } ?? false
    }
}
