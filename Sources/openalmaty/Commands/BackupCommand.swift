import ArgumentParser
import Attachments
import Console
import Foundation
import Portal
import SQLiteStore
import SiteKit

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract:
            "Copy the portal database, the attachments and the city file into a new folder, while the server goes on.",
        discussion: """
            The backup has every change that was saved before it began, and is checked before it gets its name. The secret keys are not in it: keep a copy of them \
            somewhere else.
            """
    )

    @Argument(help: "The folder to make; it must not exist.")
    var to: String

    @OptionGroup var database: DatabaseOption

    func run() async throws {
        let settings = try await database.settings()
        let folder = URL(filePath: to)
        let files = settings.attachments.folder
        let hasFiles = FileManager.default.fileExists(atPath: files.path)
        let backup = try PortalBackup.make(
            database: settings.database,
            city: CityFile(path: settings.city),
            attachments: hasFiles ? try await HeldStorage(try FileStorage(files)) : nil,
            in: folder,
            version: Product.version
        )
        print("The backup is in \(folder.path).")
        if let attachments = backup.attachments {
            print("It has \(attachments.files) files of attachments, \(attachments.bytes) bytes.")
        }
        if !backup.missing.isEmpty {
            printError(
                "note: \(backup.missing.count) files of attachments were missing already; openalmaty check says which"
            )
        }
        if let fault = backup.cityFault { printError("note: the city file is not in it: \(fault)") }
    }
}
