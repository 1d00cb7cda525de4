import AccountSite
import ArgumentParser
import Civic
import Console
import Foundation
import Mail
import Portal
import SiteKit

struct MailTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Send a test mail with the configured transport and tell what the server answered."
    )

    @Argument(help: "The address to send to.")
    var address: String

    @Option(help: "The language of the mail: kk, ru or en.")
    var lang: Language = .kk

    @OptionGroup var database: DatabaseOption

    func run() async throws {
        let settings = try await database.settings()
        let sender = MailSender(from: settings.mail.from, transport: settings.mail.transport, concurrency: 1)
        let mail = OutgoingMail(
            key: "test \(UUID().uuidString)",
            recipient: address,
            message: try TestMail(lang, home: try ResourcePaths(folder: settings.home)).message,
            language: lang.rawValue
        )
        let trial = await sender.trial(QueuedMail(id: 0, mail: mail, attempts: 1, queued: Date()))
        switch sender.transport {
        case .folder(let url): print("folder \(url.path)")
        case .smtp(let server): print("server \(server)")
        }
        if !trial.reply.isEmpty { print("answer \(trial.reply)") }
        switch trial.delivery {
        case .sent: print("sent")
        case .later(let reason): try fail("not sent, it may work later: \(reason)")
        case .never(let reason): try fail("refused for good: \(reason)")
        }
    }

    private func fail(_ text: String) throws {
        flushOutput()
        printError(text)
        throw ExitCode.failure
    }
}
