import Gazetteer
import Geo

extension GeocoderReport {
    /// What makes a report impossible.
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

    /// Asks a city all queries and leaves houses out of it.
    ///
    /// - Parameters:
    ///   - contents: the city.
    ///   - halves: the halves to report.
    ///   - shown: the halves whose failures are listed.
    ///   - progress: told what is done and how far it has come, 0 to 1.
    /// - Throws: `Fault` when a query expects what the city does not have, `GeoError` when its districts are no partition.
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
