import ArgumentParser
import SiteKit

/// The main program: a thin layer over the libraries, with one file per command.
@main
struct OpenAlmaty: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "openalmaty",
        abstract: "The civic portal and map service of Almaty.",
        version: Product.version,
        subcommands: [
            ServeCommand.self, CityCommand.self, ImportCommand.self, ResolveCommand.self, GeocodeCommand.self,
            SuggestCommand.self, NearestCommand.self, DeadlineCommand.self, ExportCommand.self, CheckCommand.self,
            SignatureCommand.self, BackupCommand.self,
            RestoreCommand.self, TilesCommand.self, UserCommand.self, KeysCommand.self,
            MailCommand.self, OpenIDCommand.self, BenchCommand.self,
        ]
    )
}
