import ArgumentParser
import Console
import Foundation
import Mail
import SQLiteStore

struct MailListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the mails that were given up or wait for another try, newest first."
    )

    @Option(help: "How many to list.")
    var limit = 100

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var database: DatabaseOption

    func validate() throws {
        if !(1...10_000).contains(limit) { throw ValidationError("--limit goes from 1 to 10000.") }
    }

    func run() async throws {
        let portal = try OpenedPortal.existing(try await database.settings())
        let mails = try await SQLiteOutbox(portal.database).undelivered(limit: limit)
        if json { return try printJSON(mails.map(UndeliveredMailJSON.init)) }
        for mail in mails {
            let entry = UndeliveredMailJSON(mail)
            print("\(entry.id) \(entry.queued) \(entry.state), \(entry.attempts) tries: \(entry.reason)")
        }
    }
}

/// Omits the recipient, because lists end up in logs.
private struct UndeliveredMailJSON: Encodable {
    let id: Int64
    let queued: String
    let state: String
    let attempts: Int
    let reason: String

    init(_ mail: UndeliveredMail) {
        (id, attempts, reason) = (mail.id, mail.attempts, mail.reason)
        queued = mail.queued.formatted(.iso8601)
        state =
            switch mail.state {
            case .waiting: "waiting"
            case .givenUp(_, let isKept): isKept ? "given up" : "given up and blanked"
            }
    }
}
