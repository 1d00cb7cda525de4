import ArgumentParser
import SiteKit

/// The program for developers of Open Almaty: it measures, reports and derives data, and is not shipped to users.
@main
struct OpenAlmatyTools: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "openalmaty-tools",
        abstract: "Measure Open Almaty, report on its geocoder, derive its data.",
        version: Product.version,
        subcommands: [BenchCommand.self, GeocoderReportCommand.self, DeriveCommand.self, MultipartCommand.self]
    )
}

struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure the program; make bench measures its peers beside it.",
        subcommands: [
            GeoBenchCommand.self, GeocoderBenchCommand.self, PointsBenchCommand.self, TilesBenchCommand.self,
        ]
    )
}
