import ArgumentParser
import Civic
import Console
import Gazetteer
import Geo

struct GeocodeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "geocode",
        abstract: "Find an address, a street, a district or an institution by its name; or those of a CSV file.",
        discussion: """
            With --csv every row of the file comes out with the columns \(GeocodeFileRun.added.joined(separator: ", ")) \
            behind its own. A text with several addresses takes a row for each, numbered by part; found is yes, \
            uncertain (a similar name, only the street or area, no near position, or words left over) or no. Rows \
            that cannot be read are named on standard error and left out.

            --explain shows how the answer comes about; docs/geocoder.md tells how to read it.
            """
    )

    @Argument(help: "What to find, as one would write it: «пр. Абая 52».")
    var text: [String] = []

    @Option(help: "The largest number of results; of a file's addresses only the best is given.")
    var limit = 10

    @OptionGroup var options: QueryOptions
    @OptionGroup var file: GeocodeFileOptions
    @OptionGroup var database: DatabaseOption

    func validate() throws {
        if file.csv != nil, !text.isEmpty || options.json || options.explain {
            throw ValidationError("--csv goes with neither a text nor --json nor --explain.")
        }
        if file.csv == nil, text.joined().isEmpty { throw ValidationError("Say what to find.") }
        try QueryOptions.validate(limit: limit)
    }

    func run() async throws {
        let snapshot = try await database.city().snapshot()
        if let csv = file.csv { return try file.run(csv, in: snapshot, language: options.lang) }
        let query = text.joined(separator: " ")
        let geocoder = Geocoder(snapshot)
        let answer: GeocodeAnswer
        var output: ExplanationOutput?
        if options.explain {
            let explained = geocoder.explain(query, limit: limit, language: options.lang)
            answer = explained.answer
            output = ExplanationOutput(explanation: explained.explanation, snapshot: snapshot, language: options.lang)
        } else {
            answer = geocoder.answer(query, limit: limit, language: options.lang)
        }
        if options.json {
            try printJSON(AnswerJSON(query, answer, output?.json, snapshot, options.lang))
        } else if let output {
            for line in output.lines { print(line) }
        } else {
            for result in answer.results { print(line(result, snapshot)) }
        }
        if answer.results.isEmpty {
            if !options.json { printError("Nothing found. Try other words, or the street without the house.") }
            throw ExitCode.failure
        }
    }

    private func line(_ result: GeocodeResult, _ snapshot: GazetteerSnapshot) -> String {
        let place =
            result.position.map { "\($0.longitude.toMicrodegrees) \($0.latitude.toMicrodegrees)" }
            ?? "position not known"
        let metres = result.uncertainty.map { " ±\(Int($0.rounded())) m" } ?? ""
        let districts = result.district.map { [$0] } ?? result.districts
        let district = districts.isEmpty ? "-" : districts.map(\.rawValue).joined(separator: "/")
        let description = "\(result.kind.rawValue), \(result.match.rawValue), \(district), \(place)\(metres)"
        let corrections = result.corrections.map { ", «\($0.typed)» → «\($0.taken)»" }.joined()
        return "\(snapshot.label(of: result, options.lang).text) — \(description)\(corrections)"
    }
}

/// An answer in the format of `/api/v1/geocode`; unknown values are null.
private struct AnswerJSON: Encodable {
    let query: String
    let parsed: [String: String?]
    let results: [ResultJSON]
    let explanation: ExplanationJSON?

    init(
        _ query: String,
        _ answer: GeocodeAnswer,
        _ explanation: ExplanationJSON?,
        _ snapshot: GazetteerSnapshot,
        _ language: Language
    ) {
        self.query = query
        self.explanation = explanation
        let parsed = answer.parsed
        self.parsed = [
            "street": parsed.street, "microdistrict": parsed.microdistrict, "cross_street": parsed.crossStreet,
            "district": parsed.district, "house": parsed.house, "flat": parsed.flat, "floor": parsed.floor,
            "entrance": parsed.entrance,
        ]
        results = answer.results.map { ResultJSON(result: $0, snapshot: snapshot, language: language) }
    }
}

private struct ResultJSON: Encodable {
    let result: GeocodeResult
    let snapshot: GazetteerSnapshot
    let language: Language

    private enum Key: String, CodingKey {
        case label, kind, match, confidence, lon, lat, uncertaintyM, district, districts, corrections, id
    }

    func encode(to encoder: any Encoder) throws {
        var object = encoder.container(keyedBy: Key.self)
        try object.encode(snapshot.label(of: result, language).text, forKey: .label)
        try object.encode(result.kind.rawValue, forKey: .kind)
        try object.encode(result.match.rawValue, forKey: .match)
        try object.encode((result.confidence * 100).rounded() / 100, forKey: .confidence)
        try object.encode(result.position?.longitude.toMicrodegrees, forKey: .lon)
        try object.encode(result.position?.latitude.toMicrodegrees, forKey: .lat)
        try object.encode(result.uncertainty?.rounded(), forKey: .uncertaintyM)
        try object.encode(result.district?.rawValue, forKey: .district)
        let districts = result.districtShares.map {
            DistrictJSON(slug: $0.id.rawValue, share: ($0.share * 100).rounded() / 100)
        }
        try object.encode(districts, forKey: .districts)
        let corrections = result.corrections.map { ["typed": $0.typed, "taken": $0.taken] }
        try object.encode(corrections, forKey: .corrections)
        try object.encode(snapshot.id(of: result.subject), forKey: .id)
    }
}

private struct DistrictJSON: Encodable {
    let slug: String
    let share: Double
}

extension Double {
    // About 0.1 m, finer than any known position.
    fileprivate var toMicrodegrees: Double { (self * 1_000_000).rounded() / 1_000_000 }
}
