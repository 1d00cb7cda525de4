import ArgumentParser
import Gazetteer
import Geo

struct GeocodeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "geocode",
        abstract: "Find an address, a street, a district or an institution by its name."
    )

    @Argument(help: "What to find, as one would write it: «пр. Абая 52».")
    var text: [String]

    @Option(help: "At most so many results.")
    var limit = 10

    @Option(help: "The language of the names: kk, ru or en.")
    var lang: Language = .ru

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var database: DatabaseOption

    func validate() throws {
        if text.joined().isEmpty { throw ValidationError("Say what to find.") }
        if !(1...50).contains(limit) { throw ValidationError("--limit goes from 1 to 50.") }
    }

    func run() async throws {
        let question = text.joined(separator: " ")
        let snapshot = try await OpenedCity(try await database.settings()).snapshot()
        let answer = Geocoder(snapshot).answer(question, limit: limit, language: lang)
        let found = answer.results.map { ResultJSON($0, snapshot, lang) }
        if json {
            try printJSON(AnswerJSON(query: question, results: found))
        } else {
            for result in found {
                let place = result.lon.flatMap { lon in result.lat.map { "\(lon) \($0)" } } ?? "position not known"
                print("\(result.label) — \(result.kind), \(result.match), \(result.district ?? "-"), \(place)")
            }
        }
        if found.isEmpty {
            if !json { printError("Nothing found. Try other words, or the street without the house.") }
            throw ExitCode.failure
        }
    }
}

private struct AnswerJSON: Encodable {
    let query: String
    let results: [ResultJSON]
}

private struct ResultJSON: Encodable {
    let label: String
    let kind: String
    let match: String
    let confidence: Double
    let lon: Double?
    let lat: Double?
    let district: String?

    init(_ result: GeocodeResult, _ snapshot: GazetteerSnapshot, _ language: Language) {
        label = snapshot.label(of: result.subject, language).text
        kind = result.kind.rawValue
        match = result.match.rawValue
        confidence = result.confidence
        lon = result.position?.longitude
        lat = result.position?.latitude
        district = result.district?.rawValue
    }
}
