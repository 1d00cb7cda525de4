import AccountSite
import ArgumentParser
import Console
import Logging
import Mail
import Portal
import SQLiteStore

struct MailSendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send",
        abstract: "Send the mails that are due, once; safe beside a running server."
    )

    @OptionGroup var database: DatabaseOption

    func run() async throws {
        let settings = try await database.settings()
        let portal = try OpenedPortal.existing(settings)
        let service = MailService(
            outbox: SQLiteOutbox(portal.database),
            sender: MailSender(from: settings.mail.from, transport: settings.mail.transport),
            logger: Logger(label: "openalmaty.mail") { StreamLogHandler.standardError(label: $0) }
        )
        print("\(await service.sendDue()) tried")
    }
}
