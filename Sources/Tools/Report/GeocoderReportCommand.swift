import ArgumentParser
import Console
import Foundation
import Gazetteer

struct GeocoderReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "geocoder-report",
        abstract: "Ask the geocoder its test set and report how well it answers.",
        discussion: """
            The set is in two halves: the geocoder is improved on half a alone, and half b tells how well it does on \
            what nobody tuned for. So only failures of half a are listed, unless --failures is given.
            """
    )

    @Option(help: "The file with the queries.")
    var queries = "Tests/Geocoder/queries.csv"

    @Option(help: "Write the report to this Markdown file instead of printing it.")
    var output: String?

    @Flag(help: "Print JSON.")
    var json = false

    @Option(help: "The half to report: \(Halves.allCases.map(\.rawValue).joined(separator: ", ")).")
    var half: Halves = .both

    @Flag(help: "List the failures of half b too.")
    var failures = false

    @OptionGroup var database: DatabaseOption

    /// The possible choices of halves.
    enum Halves: String, CaseIterable, ExpressibleByArgument {
        case a
        case b
        case both

        /// The halves of this choice.
        var halves: [GeocoderQuery.Half] {
            switch self {
            case .a: [.a]
            case .b: [.b]
            case .both: [.a, .b]
            }
        }
    }

    func run() async throws {
        let questions = try read()
        let store = try await database.city().store
        let bar = ProgressBar()
        let report = try GeocoderReport(
            questions,
            contents: try await store.contents(),
            version: try await store.version(),
            halves: half.halves,
            shown: failures ? [.a, .b] : [.a]
        ) { stage, share in bar.show(stage, share) }
        bar.finish()
        let page = report.markdown(madeBy: madeBy)
        if let output { try Data(page.utf8).write(to: URL(filePath: output), options: .atomic) }
        if json {
            try printJSON(report)
        } else if output == nil {
            print(page, terminator: "")
        } else {
            print(report.summary.joined(separator: "\n"))
        }
    }

    private func read() throws -> [GeocoderQuery] {
        let bytes: Data
        do {
            bytes = try Data(contentsOf: URL(filePath: queries))
        } catch {
            throw ValidationError("\(queries) cannot be read; name the file with --queries.")
        }
        do {
            return try QueryFile.queries(in: String(decoding: bytes, as: UTF8.self))
        } catch {
            throw ValidationError("\(queries), \(error)")
        }
    }

    /// The command line that generates the same page.
    private var madeBy: String {
        var words = ["openalmaty-tools", "geocoder-report"]
        if half != .both { words += ["--half", half.rawValue] }
        if failures { words.append("--failures") }
        if let output { words += ["--output", output] }
        return words.joined(separator: " ")
    }
}
