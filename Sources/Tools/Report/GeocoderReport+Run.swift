import Gazetteer
import Geo

extension GeocoderReport {
    /// The reasons why a report cannot be made.
    enum Fault: Error, CustomStringConvertible {
        /// A query expects a place that the city does not have.
        case unknownPlace(query: String, reference: String)

        var description: String {
            switch self {
            case .unknownPlace(let query, let reference):
                "«\(query)» expects \(reference), which the data does not have"
            }
        }
    }

    /// Runs all queries against a city and evaluates left-out houses.
    ///
    /// - Parameters:
    ///   - contents: the city.
    ///   - halves: the halves to report.
    ///   - shown: the halves whose failures are listed.
    ///   - progress: called with the current step and its progress, 0 to 1.
    /// - Throws: `Fault` when a query expects a place that the city does not have, `GeoError` when its districts are not a
    ///   partition.
    init(
        _ queries: [GeocoderQuery],
        contents: GazetteerContents,
        version: Int,
        halves: [GeocoderQuery.Half],
        shown: [GeocoderQuery.Half],
        progress: (_ stage: String, _ share: Double) -> Void = { _, _ in }
    ) throws {
        let snapshot = try GazetteerSnapshot(contents, version: version)
        let ground = ExpectedGround(snapshot)
        for query in queries {
            for place in query.expected where !ground.knows(place) {
                throw Fault.unknownPlace(query: query.text, reference: place.reference)
            }
        }
        let geocoder = Geocoder(snapshot)
        var outcomes: [QueryOutcome] = []
        for (number, query) in queries.enumerated() {
            if number.isMultiple(of: 16) { progress("queries", Double(number) / Double(queries.count)) }
            outcomes.append(QueryOutcome(query, geocoder: geocoder, snapshot: snapshot, ground: ground))
        }
        self.init(
            outcomes,
            halves: halves,
            shown: shown,
            interpolation: try InterpolationCheck(contents) { progress("houses left out", $0) },
            data: DataVersion(snapshot)
        )
    }
}
