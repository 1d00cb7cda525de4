import Civic
import Gazetteer
import Geo

/// Measures how well unknown houses are placed, by leaving out known ones and asking for them.
struct InterpolationCheck: Encodable {
    /// The most houses asked for.
    static let maxHouses = 2_000
    /// The houses are left out in this many turns, each with its own snapshot.
    static let turns: UInt64 = 5

    /// The number of left-out houses asked for.
    private(set) var asked = 0
    /// The number of them answered `interpolated`.
    private(set) var interpolated = 0
    /// The distances of these answers from the true positions, metres.
    private(set) var errors = Quantiles()
    /// The answers that state an uncertainty, grouped by its size.
    private(set) var bands = [Band(upTo: 100), Band(upTo: 200), Band(upTo: 500), Band(upTo: nil)]

    /// Answers with a similar stated uncertainty.
    struct Band: Encodable {
        /// The largest uncertainty of the band, metres; nil for the last.
        let upTo: Double?
        /// The number of answers that state it.
        fileprivate(set) var stated = 0
        /// The number of them no farther off than stated.
        fileprivate(set) var covered = 0

        fileprivate init(upTo metres: Double?) { upTo = metres }
    }

    /// Leaves houses out of a city, a fifth of the chosen ones at a time, and asks for them.
    ///
    /// - Parameters:
    ///   - contents: the contents from which the city's snapshot is built.
    ///   - progress: called with the progress, 0 to 1.
    /// - Throws: `GeoError` when the districts are not a partition.
    init(_ contents: GazetteerContents, progress: (Double) -> Void = { _ in }) throws(GeoError) {
        let chosen = Self.chosen(of: contents)
        let labels = try GazetteerSnapshot(contents, version: 0).addresses
        for turn in 0..<Self.turns {
            progress(Double(turn) / Double(Self.turns))
            let left = chosen.filter { Self.turn(of: $0) == turn }
            let snapshot = try GazetteerSnapshot(Self.contents(contents, without: left), version: 0)
            let geocoder = Geocoder(snapshot)
            for house in left { ask(labels.label(of: house, language: .ru).text, for: house, geocoder) }
        }
    }

    private mutating func ask(_ question: String, for house: Address, _ geocoder: Geocoder) {
        asked += 1
        guard let result = geocoder.answer(question, limit: 1, language: .ru).results.first,
            result.match == .interpolated, let position = result.position
        else { return }
        let error = position.distance(to: house.position)
        interpolated += 1
        errors.add(error)
        guard let uncertainty = result.uncertainty,
            let band = bands.firstIndex(where: { uncertainty <= $0.upTo ?? .infinity })
        else { return }
        bands[band].stated += 1
        bands[band].covered += error <= uncertainty ? 1 : 0
    }

    /// The houses to test: numbered, not placed approximately, and first in the order of their fingerprints.
    private static func chosen(of contents: GazetteerContents) -> [Address] {
        let numbered = contents.addresses.filter {
            ExpectedGround.number(of: $0.house) != nil && $0.precision != .approximate
        }
        let sorted = numbered.map { (key: FNV1a.hash($0.id.rawValue.utf8), house: $0) }
            .sorted { ($0.key, $0.house.id) < ($1.key, $1.house.id) }
        return sorted.prefix(maxHouses).map(\.house)
    }

    private static func turn(of house: Address) -> UInt64 {
        FNV1a.hash("turn \(house.id.rawValue)".utf8) % turns
    }

    /// The city without some houses, and without the house ranges that begin or end with one of them.
    private static func contents(
        _ contents: GazetteerContents,
        without houses: [Address]
    )
        -> GazetteerContents
    {
        var rest = contents
        let ids = Set(houses.map(\.id))
        let ends = Set(
            houses.map { End(street: $0.street, number: ExpectedGround.number(of: $0.house)) }
        )
        rest.addresses.removeAll { ids.contains($0.id) }
        rest.houseRanges.removeAll { range in
            [range.first, range.last].contains { ends.contains(End(street: range.street, number: $0)) }
        }
        return rest
    }

    private struct End: Hashable {
        let street: Street.ID?
        let number: Int?
    }
}
