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

    @Argument(help: "The files; their names or columns show what they hold.")
    var files: [String] = []

    @Option(help: "Delete the records whose ids this file lists; can be given several times.")
    var delete: [String] = []

    @Option(help: "csv or geojson, when the file name does not end so.")
    var format: ImportFile.Format?

    @Option(help: "What the files hold: \(Layer.allCases.map(\.rawValue).joined(separator: ", ")).")
    var layer: Layer?

    @OptionGroup var writing: CityWriteOptions
    @OptionGroup var database: DatabaseOption

    func run() async throws {
        let settings = try await database.settings()
        let overlay = try await OpenedCity.overlay(settings)
        let city = try await (writing.dryRun ? database.city() : OpenedCity.making(settings, readsCorrections: false))
        var conflicts: [CorrectionConflict] = []
        let names = ImportFile.names(of: files + delete)
        let report = try city.file.build(from: .present, isDryRun: writing.dryRun, allowsLoss: writing.force) { draft in
            var load = try GazetteerImport(into: draft, maxRefusals: writing.maxRefusals)
            let bar = ProgressBar()
            do {
                for (file, name) in zip(files, names) {
                    try load.read(input(file, name)) { name, share in bar.show(name, share) }
                }
                for (file, name) in zip(delete, names.dropFirst(files.count)) {
                    try load.delete(input(file, name)) { name, share in bar.show(name, share) }
                }
                bar.finish()
            } catch {
                bar.finish()
                printRefusals(of: load.report)
                throw error
            }
            conflicts = try overlay.conflicts(in: draft)
            return load.report
        }
        try ImportOutput(report, isDryRun: writing.dryRun, conflicts: conflicts).show(asJSON: writing.json)
    }

    func validate() throws {
        if files.isEmpty, delete.isEmpty { throw ValidationError("Name a file to read, or one to --delete by.") }
    }

    private func input(_ path: String, _ name: String) throws -> ImportFile {
        try ImportFile(at: URL(filePath: path), named: name, format: format, layer: layer)
    }
}

extension ImportFile.Format: ExpressibleByArgument {}
extension Layer: ExpressibleByArgument {}
