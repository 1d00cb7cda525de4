import ArgumentParser
import Attachments
import Console
import Foundation
import Portal
import SQLiteStore
import SiteKit

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract:
            "Put a backup in the place of the portal database, the attachments and the city file; the server must be stopped.",
        discussion: """
            The backup is compared with what was written first, and nothing is changed when it is not whole. The present \
            files are kept under other names, which are printed. Everybody is signed out, and mails that were waiting \
            when the backup was made are given up, because they may have been sent since.
            """
    )

    @Argument(help: "The folder that backup made.")
    var from: String

    @Flag(help: "Restore the portal database alone, for example because the city file of the backup was changed.")
    var withoutCity = false

    @OptionGroup var database: DatabaseOption

    func run() async throws {
        let settings = try await database.settings()
        let backup = try PortalBackup(in: URL(filePath: from), leavingCity: withoutCity)
        let report = try backup.restore(
            database: settings.database,
            city: CityFile(path: settings.city),
            attachments: settings.attachments.folder
        )
        print("Restored the state of \(backup.begun.formatted(.iso8601)).")
        if !report.kept.isEmpty { print("The earlier files are kept as \(report.kept.joined(separator: ", ")).") }
        if let attachments = backup.attachments {
            print("\(attachments.files) files of attachments are there.")
        } else {
            printError("note: the backup was made without attachments; openalmaty check lists what is missing")
        }
        print("\(report.sessionsEnded) sessions were ended.")
        if report.mailsGivenUp > 0 {
            print(
                "\(report.mailsGivenUp) waiting mails were given up; see openalmaty mail list, and send those that people "
                    + "still need with openalmaty mail resend."
            )
        }
        if let fault = report.cityFault {
            printError(
                "note: the city file was not restored: \(fault). The present one is as it was; openalmaty city build makes a "
                    + "new one."
            )
        }
    }
}
