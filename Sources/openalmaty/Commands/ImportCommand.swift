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
            Records of the files are added, or replace those of the same id; all others stay (city build makes the city \
            anew). The new city file is built beside the present one, checked, and swapped in: when anything fails, or the \
            program is killed, the old data keeps serving. Bad records are refused one by one, with line and reason; the \
            others are taken. A running server notices the new data by itself.
            """
    )

    @Argument(help: "The files; what each holds is told by its name or its columns.")
    var files: [String] = []

    @Option(help: "Delete the records whose ids this file lists; can be given several times.")
    var delete: [String] = []

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
        let settings = try await database.settings()
        let overlay = try await OpenedCity.overlay(settings)
        let city = try await (dryRun ? database.city() : OpenedCity.making(settings, readsCorrections: false))
        var conflicts: [CorrectionConflict] = []
        let report = try city.file.build(from: .present, isDryRun: dryRun) { draft in
            var load = try GazetteerImport(into: draft, mostRefusals: maxRefusals)
            let bar = ProgressBar()
            do {
                for file in files { try load.read(input(file)) { name, share in bar.show(name, share) } }
                for file in delete { try load.delete(input(file)) { name, share in bar.show(name, share) } }
                bar.finish()
            } catch {
                bar.finish()
                ImportOutput(load.report, isDryRun: dryRun).showRefusals()
                throw error
            }
            conflicts = try overlay.conflicts(in: draft)
            return load.report
        }
        let output = ImportOutput(report, isDryRun: dryRun, conflicts: conflicts)
        if !json { output.showRefusals() }
        try output.show(asJSON: json)
        let empty = report.files.filter { $0.used + $0.refused == 0 }
        for file in empty { printError("\(file.file): there is no record in it") }
        if !empty.isEmpty || report.files.contains(where: { $0.refused > 0 && $0.used == 0 }) { throw ExitCode.failure }
    }

    func validate() throws {
        if maxRefusals < 1 { throw ValidationError("--max-refusals must be 1 or more") }
        if files.isEmpty, delete.isEmpty { throw ValidationError("Name a file to read, or one to --delete by.") }
    }

    private func input(_ path: String) throws -> ImportFile {
        try ImportFile(at: URL(filePath: path), format: format, layer: layer)
    }
}

extension ImportReport.FileCounts {
    /// The records that the import could use.
    fileprivate var used: Int { taken + changed + unchanged + deleted }
}

extension ImportFile.Format: ExpressibleByArgument {}
extension Layer: ExpressibleByArgument {}
