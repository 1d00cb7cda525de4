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
            made stay. When a file is unusable, the check fails, or a layer would lose more than a third of its records, the \
            present city stays.
            """
    )

    @Option(help: "A folder with files named as in data/; their records are laid over the embedded ones.")
    var with: String?

    @OptionGroup var writing: CityWriteOptions
    @OptionGroup var database: DatabaseOption

    func run() async throws {
        let settings = try await database.settings()
        let city = try OpenedCity.placed(settings, readsCorrections: false)
        var sources = [EmbeddedCity(folder: city.home.data)]
        if let with {
            let more = EmbeddedCity(folder: URL(filePath: with), label: with)
            if try more.files().isEmpty { throw ValidationError("\(with) holds no file named as in data/.") }
            sources.append(more)
        }
        let overlay = try await OpenedCity.overlay(settings)
        var conflicts: [CorrectionConflict] = []
        let report = try city.build(
            from: sources,
            isDryRun: writing.dryRun,
            allowsLoss: writing.force,
            maxRefusals: writing.maxRefusals
        ) { draft in
            conflicts = try overlay.conflicts(in: draft)
        }
        try ImportOutput(report, isDryRun: writing.dryRun, conflicts: conflicts).show(asJSON: writing.json)
    }
}
