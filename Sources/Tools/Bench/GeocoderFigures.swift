import Civic
import Gazetteer

/// The timings of the geocoder, the suggestions and the directory search, in nanoseconds.
struct GeocoderFigures: Encodable {
    /// A city and the timings of its questions.
    struct City: Encodable {
        let streets: Int
        let addresses: Int
        let organizations: Int
        /// The number of different words in its names.
        let words: Int
        let geocode: GeocoderTiming
        let suggest: GeocoderTiming

        init(_ contents: GazetteerContents, geocode: GeocoderTiming, suggest: GeocoderTiming) {
            (streets, addresses) = (contents.streets.count, contents.addresses.count)
            (organizations, words) = (contents.organizations.count, GeocoderQuestions.vocabulary(of: contents))
            (self.geocode, self.suggest) = (geocode, suggest)
        }
    }

    /// The timings of the hostile questions.
    struct Hostile: Encodable {
        let geocode: GeocoderTiming
        let suggest: GeocoderTiming
        let directory: GeocoderTiming
    }

    /// One lookup in a dictionary of a million keys: the median of measurements taken before, during and after.
    let dictionaryLookupNs: Double
    let city: City
    let larger: City
    let organizations: Int
    let directory: GeocoderTiming
    let hostile: Hostile

    typealias Progress = (String, Double) -> Void

    /// The questions and how many of them to measure.
    struct Settings {
        let queries: [String]
        let times: Int
        let organizations: Int
        let directoryQueries: Int
        let seed: UInt64
    }

    /// Runs the measurements.
    ///
    /// - Throws: `GeoError` or `RecordError` when a larger city cannot be made.
    init(_ contents: GazetteerContents, _ settings: Settings, progress: Progress) throws {
        let questions = GeocoderQuestions(settings.queries, city: contents, seed: settings.seed)
        let larger = try ScaledCity(contents, seed: settings.seed)
        var units = [GeoFigures.dictionary(count: 100_000, seed: settings.seed)]
        let many = try larger.contents(times: settings.times)
        let cities = [
            (contents, try GazetteerSnapshot(contents, version: 1)), (many, try GazetteerSnapshot(many, version: 1)),
        ]
        let snapshots = cities.map(\.1)
        let geocodes = Self.geocode("geocode", questions.asked, snapshots, progress)
        let suggests = Self.suggest("suggest", questions.beginnings, snapshots, progress)
        let measured = cities.indices.map { City(cities[$0].0, geocode: geocodes[$0], suggest: suggests[$0]) }
        (city, self.larger) = (measured[0], measured[1])
        let geocode = Self.geocode("hostile geocode", questions.hostile, [snapshots[0]], progress)[0]
        let suggest = Self.suggest("hostile suggest", questions.hostile, [snapshots[0]], progress)[0]
        units.append(GeoFigures.dictionary(count: 100_000, seed: settings.seed))

        let full = try larger.contents(organizations: settings.organizations)
        organizations = full.organizations.count
        let asked = GeocoderQuestions.directory(
            full.organizations,
            count: settings.directoryQueries,
            seed: settings.seed
        )
        let directory = try GazetteerSnapshot(full, version: 1).directory
        self.directory = Self.search("directory", asked, directory, progress)
        hostile = Hostile(
            geocode: geocode,
            suggest: suggest,
            directory: Self.search("hostile directory", questions.hostile, directory, progress)
        )
        units.append(GeoFigures.dictionary(count: 100_000, seed: settings.seed))
        dictionaryLookupNs = Stopwatch.median(units)
    }

    private static func geocode(
        _ stage: String,
        _ texts: [String],
        _ snapshots: [GazetteerSnapshot],
        _ progress: Progress
    ) -> [GeocoderTiming] {
        let calls = snapshots.map { snapshot in
            let geocoder = Geocoder(snapshot)
            return { (text: String) in geocoder.answer(text, limit: 5, language: .ru).results.count }
        }
        return GeocoderTiming.timings(texts, progress: { progress(stage, $0) }, of: calls)
    }

    private static func suggest(
        _ stage: String,
        _ texts: [String],
        _ snapshots: [GazetteerSnapshot],
        _ progress: Progress
    ) -> [GeocoderTiming] {
        let calls = snapshots.map { snapshot in
            let suggester = Suggester(snapshot)
            return { (text: String) in suggester.suggestions(for: text, language: .ru).count }
        }
        return GeocoderTiming.timings(texts, progress: { progress(stage, $0) }, of: calls)
    }

    private static func search(
        _ stage: String,
        _ texts: [String],
        _ directory: OrganizationDirectory,
        _ progress: Progress
    ) -> GeocoderTiming {
        let report: (Double) -> Void = { progress(stage, $0) }
        return GeocoderTiming(texts, progress: report) { text in
            var query = OrganizationQuery()
            query.text = text
            query.language = .ru
            return directory.search(query, limit: 20).hits.count
        }
    }
}
