import ArgumentParser
import Console
import Mail
import SQLiteStore

struct MailResendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resend",
        abstract: "Have given-up mails tried again by the running server or by mail send."
    )

    @Argument(help: "Their numbers, as mail list tells them.")
    var ids: [Int64]

    @OptionGroup var database: DatabaseOption

    func run() async throws {
        let portal = try OpenedPortal.existing(try await database.settings())
        let outbox = SQLiteOutbox(portal.database)
        do {
            for id in ids { try await outbox.resend(id) }
        } catch let error as MailError {
            printError("\(error)")
            throw ExitCode.failure
        }
    }
}
