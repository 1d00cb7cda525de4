import ArgumentParser

struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure the program; make bench measures its peers beside it.",
        subcommands: [
            GeoBenchCommand.self, GeocoderBenchCommand.self, PointsBenchCommand.self, TilesBenchCommand.self,
        ]
    )
}
