import ArgumentParser
import Console
import Foundation
import Portal
import SQLiteStore

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a backup in the place of the portal database and the city file; the server must be stopped.",
        discussion: """
            The backup is compared with what was written first, and nothing is changed when it is not whole. The present \
            portal database is kept under another name, which is printed.
            """
    )

    @Argument(help: "The folder that backup made.")
    var from: String

    @OptionGroup var database: DatabaseOption

    func run() async throws {
        let settings = try await database.settings()
        let backup = try PortalBackup(in: URL(filePath: from))
        let city = CityFile(path: settings.city)
        let folder = URL(filePath: city.path).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let aside = try backup.restore(database: settings.database, city: city)
        print("Restored the state of \(backup.begun.formatted(.iso8601)).")
        if !aside.isEmpty { print("The earlier database is kept as \(aside.joined(separator: ", ")).") }
    }
}
