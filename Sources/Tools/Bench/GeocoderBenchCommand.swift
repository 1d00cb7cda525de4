import ArgumentParser
import Console
import Foundation
import Gazetteer

/// Measures the geocoder in-process, in multiples of one lookup in a dictionary of a million keys.
struct GeocoderBenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "geocoder",
        abstract: "Measure geocode, suggest and the directory's search, in units of a dictionary look-up.",
        discussion: """
            Each question is asked ten times, in passes over all, and counts with its best time, so that a moment in \
            which the machine did something else does not count. The larger city is made of copies of the real one \
            under other names; the passes over the two go in turns.
            """
    )

    @Option(help: "The file with the questions.")
    var queries = "Tests/Geocoder/queries.csv"

    @Option(help: "How many times as large the larger city is.")
    var times = 10

    @Option(help: "How many organizations the directory is searched among.")
    var organizations = 50_000

    @Option(help: "How many questions the directory is asked.")
    var directoryQueries = 3_000

    @Option(help: "The seed of what is made up.")
    var seed: UInt64 = 1

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var database: DatabaseOption

    func validate() throws {
        if times < 2 { throw ValidationError("--times is at least 2.") }
        if organizations < 1 || directoryQueries < 1 { throw ValidationError("There must be something to measure.") }
    }

    func run() async throws {
        let questions = try read()
        let contents = try await database.city().store.contents()
        let settings = GeocoderFigures.Settings(
            queries: questions,
            times: times,
            organizations: organizations,
            directoryQueries: directoryQueries,
            seed: seed
        )
        let bar = ProgressBar()
        let figures = try GeocoderFigures(contents, settings) { stage, share in bar.show(stage, share) }
        bar.finish()
        if json { return try printJSON(figures) }
        figures.printTable()
    }

    private func read() throws -> [String] {
        guard let bytes = try? Data(contentsOf: URL(filePath: queries)) else {
            throw ValidationError("\(queries) cannot be read; name the file with --queries.")
        }
        do {
            return try QueryFile.queries(in: String(decoding: bytes, as: UTF8.self)).map(\.question)
        } catch {
            throw ValidationError("\(queries), \(error)")
        }
    }
}
