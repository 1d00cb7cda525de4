import ArgumentParser
import AtomicFile
import CityImport
import Civic
import Console
import Foundation
import Gazetteer
import MapSite
import SQLiteStore
import SiteKit

/// Exports the city for other programs.
struct ExportCommand: AsyncParsableCommand {
    /// The format of the file.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        /// OpenStreetMap XML.
        case osm
    }

    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the city as OpenStreetMap XML, for other geocoders, renderers and editors.",
        discussion: """
            Streets and rivers are ways that share the nodes of their crossings; microdistricts, houses and institutions \
            are nodes; districts and the city are boundary relations. ref:openalmaty holds our id. The ids of elements \
            belong to the file alone: never upload it to OpenStreetMap.
            """
    )

    @Option(help: "What to write: osm.")
    var format: Format = .osm

    @Option(help: "The file to write (default: the standard output).")
    var output: String?

    @Option(help: "The language of name, addr:street, addr:place and addr:city: kk, ru or en; all are beside it.")
    var lang: Language = .ru

    @Flag(help: "Take houses and institutions whose position is known only roughly too; they bear fixme=position.")
    var approximate = false

    @OptionGroup var database: DatabaseOption

    func run() async throws {
        let city = try await database.city()
        let export = OSMExport(
            try await city.store.contents(),
            options: .init(
                language: lang,
                includesApproximate: approximate,
                generator: "Open Almaty \(Product.version)",
                attribution: Attribution.text
            )
        )
        if let output { try write(export, to: output) } else { try write(export, to: .standardOutput) }
        for count in export.counts {
            let line = "\(count.layer.rawValue): \(count.taken) of \(count.total)"
            if output == nil { printError(line) } else { print(line) }
        }
    }

    private func write(_ export: OSMExport, to path: String) throws {
        let file = try AtomicFile(URL(filePath: path))
        do {
            try write(export, to: file.handle)
        } catch {
            file.discard()
            throw error
        }
        try file.commit()
    }

    private func write(_ export: OSMExport, to file: FileHandle) throws {
        try export.write { try file.write(contentsOf: Data($0.utf8)) }
    }
}
