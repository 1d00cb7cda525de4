import ArgumentParser
import CityImport
import Console
import Foundation
import StreetDerivation

/// Derives data that the files imply but do not contain.
struct DeriveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "derive",
        abstract: "Derive data from other data.",
        subcommands: [DeriveStreetsCommand.self]
    )
}

struct DeriveStreetsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "streets",
        abstract: "Derive the lines of streets and rivers, crossings and house ranges.",
        discussion: """
            Reads blocks, streets, addresses, stops, microdistricts and districts of the data folder and writes \
            street_lines.geojson, crossings.csv and house_ranges.csv. Two runs on the same files give the same bytes.
            """
    )

    @Option(help: "The folder with the facts.")
    var data = "data"

    @Option(help: "The folder to write to.")
    var output = "data"

    @Option(help: "Write a report to this Markdown file; it checks the method and takes three times as long.")
    var report: String?

    @Option(help: "Draw the streets into this SVG file.")
    var picture: String?

    func run() async throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: output, isDirectory: &isFolder), isFolder.boolValue else {
            throw ValidationError("There is no folder \(output); make it first, or name another with --output.")
        }
        let bar = ProgressBar()
        bar.show("reading", 0)
        let facts = try StreetFacts.read(from: URL(filePath: data)) { file, share in bar.show(file, share) }
        bar.show("gaps between blocks", 0)
        let derivation = try StreetDerivation(facts)
        bar.show("lines", 0.5)
        let result = derivation.derive(with: facts.addresses)
        try StreetFiles(result).write(to: URL(filePath: output))
        if let picture { try write(StreetPicture(derivation, result).svg, to: picture) }
        if let report {
            let check = derivation.check(facts.addresses, against: result) { bar.show("checking", $0) }
            let image = picture.map { relative($0, to: report) }
            try write(
                StreetReport(result, check: check, streets: facts.streets.count, picture: image).markdown,
                to: report
            )
        }
        bar.finish()
        print("\(result.lines.count) lines, \(result.crossings.count) crossings, \(result.ranges.count) house ranges")
    }

    private func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
    }

    // The path of the picture as linked from the report, relative to the report's folder.
    private func relative(_ path: String, to report: String) -> String {
        let folder = URL(filePath: report).deletingLastPathComponent().standardizedFileURL.path + "/"
        let full = URL(filePath: path).standardizedFileURL.path
        return full.hasPrefix(folder) ? String(full.dropFirst(folder.count)) : full
    }
}
