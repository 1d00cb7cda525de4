import ArgumentParser

struct TilesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tiles",
        abstract: "Make the map's vector tiles as files, or write what they are made from.",
        subcommands: [TilesRenderCommand.self, TilesExportCommand.self]
    )
}
