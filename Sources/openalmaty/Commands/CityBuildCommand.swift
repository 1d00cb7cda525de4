import ArgumentParser
import CityImport
import Console
import Foundation
import Gazetteer
import SQLiteStore
import SiteKit

struct CityBuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Build the city file anew from the embedded data.",
        discussion: """
            The new file is built beside the present one, checked, and swapped in; a running server notices it by itself. \
            What the sources do not have is not in it: records that only an import added are gone, corrections that staff \
            made stay. When a file is unusable or the check fails, the present city stays.
            """
    )

    @Option(help: "A folder with files named as in data/; their records are laid over the embedded ones.")
    var with: String?

    @Flag(help: "Build and check, but leave the present city.")
    var dryRun = false

    @Flag(help: "Print the report as JSON.")
    var json = false

    @OptionGroup var database: DatabaseOption

    func run() async throws {
        let settings = try await database.settings()
        let city = try OpenedCity.placed(settings, readsCorrections: false)
        var sources = [EmbeddedCity(folder: city.home.data)]
        if let with {
            let more = EmbeddedCity(folder: URL(filePath: with))
            if try more.files().isEmpty { throw ValidationError("\(with) holds no file named as in data/.") }
            sources.append(more)
        }
        let overlay = try await OpenedCity.overlay(settings)
        var conflicts: [CorrectionConflict] = []
        let report = try city.build(from: sources, isDryRun: dryRun) { draft in
            conflicts = try overlay.conflicts(in: draft)
        }
        let output = ImportOutput(report, isDryRun: dryRun, conflicts: conflicts)
        if !json { output.showRefusals() }
        try output.show(asJSON: json)
    }
}
