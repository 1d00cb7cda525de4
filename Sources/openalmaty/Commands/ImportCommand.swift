public import ArgumentParser
public import CityImport
import Console
import Foundation
public import Gazetteer
import SQLiteStore

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Read CSV or GeoJSON files into the gazetteer.",
        discussion: """
            All files are written in one transaction: when anything fails, or the program is killed, the old data keeps \
            serving. Bad records are refused one by one, with line and reason; the others are taken. A running server \
            notices the new data by itself.
            """
    )

    @Argument(help: "The files; what each holds is told by its name or its columns.")
    var files: [String]

    @Option(help: "csv or geojson, when the name does not tell.")
    var format: ImportFile.Format?

    @Option(help: "What the files hold: \(Layer.allCases.map(\.rawValue).joined(separator: ", ")).")
    var layer: Layer?

    @Option(help: "Stop after so many refused records, and write nothing.")
    var maxRefusals = GazetteerImport.mostRefusals

    @Flag(help: "Read and report, but write nothing.")
    var dryRun = false

    @Flag(help: "Print the report as JSON.")
    var json = false

    @OptionGroup var database: DatabaseOption

    func run() async throws {
        let city = try await (dryRun ? database.city() : OpenedCity.making(database.settings()))
        var load = GazetteerImport(into: try await city.store.contents(), mostRefusals: maxRefusals)
        let bar = ProgressBar()
        do {
            for file in files {
                try load.read(try ImportFile(at: URL(filePath: file), format: format, layer: layer)) { name, share in
                    bar.show(name, share)
                }
            }
            bar.finish()
        } catch {
            bar.finish()
            showRefusals(load.report)
            throw error
        }
        if !dryRun { try await city.store.apply(load.changes, report: load.report) }
        if json { try printJSON(ReportJSON(load.report, dryRun: dryRun)) } else { show(load.report) }
        let empty = load.report.files.filter { $0.taken + $0.changed + $0.unchanged + $0.refused == 0 }
        for file in empty { printError("\(file.file): there is no record in it") }
        if !empty.isEmpty { throw ExitCode.failure }
        let refusedAll = load.report.files.contains { $0.refused > 0 && $0.taken + $0.changed + $0.unchanged == 0 }
        if refusedAll { throw ExitCode.failure }
    }

    func validate() throws {
        if maxRefusals < 1 { throw ValidationError("--max-refusals must be 1 or more") }
    }

    private func showRefusals(_ report: ImportReport) {
        for refusal in report.refusals {
            let record = refusal.record.isEmpty ? "" : " (\(refusal.record))"
            printError("\(refusal.file):\(refusal.line)\(record): \(refusal.reason)")
        }
    }

    private func show(_ report: ImportReport) {
        showRefusals(report)
        for note in report.notes { printError(note) }
        for file in report.files {
            print(
                "\(file.file) → \(file.layer.rawValue): \(file.taken) taken, \(file.changed) changed, "
                    + "\(file.unchanged) unchanged, \(file.refused) refused"
            )
        }
        if dryRun { print("Dry run: nothing was written.") }
    }
}

extension ImportFile.Format: ExpressibleByArgument {}
extension Layer: ExpressibleByArgument {}

/// The report in machine-readable form.
private struct ReportJSON: Encodable {
    struct File: Encodable {
        let file: String
        let layer: String
        let taken: Int
        let changed: Int
        let unchanged: Int
        let refused: Int
    }

    struct Refusal: Encodable {
        let file: String
        let line: Int
        let record: String
        let reason: String
    }

    let dryRun: Bool
    let files: [File]
    let refusals: [Refusal]
    let notes: [String]

    init(_ report: ImportReport, dryRun: Bool) {
        self.dryRun = dryRun
        files = report.files.map {
            File(
                file: $0.file,
                layer: $0.layer.rawValue,
                taken: $0.taken,
                changed: $0.changed,
                unchanged: $0.unchanged,
                refused: $0.refused
            )
        }
        refusals = report.refusals.map {
            Refusal(file: $0.file, line: $0.line, record: $0.record, reason: $0.reason)
        }
        notes = report.notes
    }
}
