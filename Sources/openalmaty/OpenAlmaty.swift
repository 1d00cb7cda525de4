import ArgumentParser
import Web

/// The program: a stub over the libraries, one command a file.
@main
struct OpenAlmaty: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "openalmaty",
        abstract: "The civic portal and map service of Almaty.",
        version: Portal.version,
        subcommands: [
            ServeCommand.self, ImportCommand.self, ResolveCommand.self, GeocodeCommand.self, NearestCommand.self,
            ExportCommand.self, CheckCommand.self, TilesCommand.self, UserCommand.self, KeysCommand.self,
            MailCommand.self, OpenIDCommand.self, BenchCommand.self,
        ]
    )
}
