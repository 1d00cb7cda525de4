public import Civic
import Foundation

/// Sends mails on threads of its own, off the event loops.
public struct MailSender: Sendable {
    /// The sender of the mails.
    public let from: Mailbox
    /// How they are delivered.
    public let transport: MailTransport
    private let threads: MailThreads

    /// Makes a sender; `concurrency` is the number of mails that can be sent at the same time.
    public init(from: Mailbox, transport: MailTransport, concurrency: Int = 4) {
        (self.from, self.transport) = (from, transport)
        threads = MailThreads(count: concurrency)
    }

    /// Sends a mail.
    ///
    /// When a connection breaks after the whole message was sent, the server may or may not have accepted it; it counts as not
    /// sent, and the next try has the same Message-ID.
    public func send(_ queued: QueuedMail) async -> Delivery { await trial(queued).delivery }

    /// Sends a mail and returns the server's last reply, for the operator only: it can name the recipient.
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
