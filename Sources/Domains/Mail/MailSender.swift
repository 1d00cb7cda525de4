public import Civic
import Foundation

/// Sends mails, one at a time each, away from the event loops.
public struct MailSender: Sendable {
    /// Who they are from.
    public let from: Mailbox
    /// How they leave.
    public let transport: MailTransport
    private let threads: MailThreads

    /// Takes how to send; `concurrency` is how many mails can be on their way at once.
    public init(from: Mailbox, transport: MailTransport, concurrency: Int = 4) {
        (self.from, self.transport) = (from, transport)
        threads = MailThreads(count: concurrency)
    }

    /// Sends a mail.
    ///
    /// A connection that breaks after the whole message was sent leaves open whether the server took it; it counts as not
    /// sent, and the next try bears the same Message-ID.
    public func send(_ queued: QueuedMail) async -> Delivery { await trial(queued).delivery }

    /// Sends a mail and tells what the server said last, for an operator's eyes: it can name the recipient.
    public func trial(_ queued: QueuedMail) async -> (delivery: Delivery, reply: String) {
        let message: InternetMessage
        do throws(MailError) {
            message = try InternetMessage(queued, from: from)
        } catch {
            return (.never(reason: error.description), "")
        }
        switch transport {
        case .folder(let url): return (await store(queued, message, in: MailFolder(url)), "")
        case .smtp(let server): return await submit(message, to: server)
        }
    }

    private func submit(_ message: InternetMessage, to server: SMTPServer) async -> (delivery: Delivery, reply: String)
    {
        do {
            let answer = try await threads.run { server.submit(message) }
            return (answer.delivery, answer.reply)
        } catch {
            return (.later(reason: "sending was stopped"), "")
        }
    }

    private func store(_ queued: QueuedMail, _ message: InternetMessage, in folder: MailFolder) async -> Delivery {
        do {
            try await threads.run { try folder.write(queued, message) }
            return .sent
        } catch {
            return .later(reason: "the mail folder cannot be written")
        }
    }
}
