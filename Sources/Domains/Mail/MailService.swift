import Civic
public import Foundation
public import Logging
public import ServiceLifecycle

/// Sends the mails in the outbox while the server runs.
///
/// A mail is taken with a lease before it is sent and marked after it, so two processes on one database never send the same
/// one at the same time, and a mail that was marked is never sent again. No protocol closes the gap between the server's reply
/// and our mark: if the process is killed in between, or the database cannot be written, the mail is sent a second time once
/// the lease ends. The second copy has the same Message-ID, so most mailboxes show only one. Losing an activation link would
/// be worse than sending it twice.
public struct MailService: Service {
    private let outbox: any Outbox
    private let sender: MailSender
    private let retryPolicy: RetryPolicy
    private let logger: Logger
    private let now: @Sendable () -> Date
    private let bells: AsyncStream<Void>
    private let bell: AsyncStream<Void>.Continuation

    /// Puts the parts together.
    public init(
        outbox: any Outbox,
        sender: MailSender,
        retryPolicy: RetryPolicy = RetryPolicy(),
        logger: Logger,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        (self.outbox, self.sender, self.retryPolicy) = (outbox, sender, retryPolicy)
        (self.logger, self.now) = (logger, now)
        // One pending wake-up is enough, because each round sends everything that is due.
        (bells, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Reports that something was queued, so that it is sent at once.
    public func wake() { bell.yield() }

    /// Sends due mails at once, and again at each wake-up and each poll, until the server shuts down.
    ///
    /// On shutdown it finishes and marks the mails that are being sent.
    public func run() async throws {
        let clock = Task { [bell, retryPolicy] in
            while !Task.isCancelled {
                bell.yield()
                try await Task.sleep(for: retryPolicy.poll)
            }
        }
        defer { clock.cancel() }
        await withGracefulShutdownHandler {
            for await _ in bells { await sendDue() }
        } onGracefulShutdown: { [bell] in
            bell.finish()
        }
    }

    /// Sends everything that is due, in batches, and returns the number of mails it tried to send.
    @discardableResult
    public func sendDue() async -> Int {
        var tried = 0
        do {
            try await outbox.bringBack(to: now(), latest: now() + retryPolicy.furthest.seconds)
            while !Task.isCancelled, !Task.isShuttingDownGracefully {
                let batch = try await outbox.claimDue(
                    at: now(),
                    limit: retryPolicy.concurrency,
                    lease: retryPolicy.lease
                )
                guard !batch.isEmpty else { break }
                await send(batch)
                tried += batch.count
            }
            try await outbox.blankGivenUp(before: now() - retryPolicy.keepsGivenUp.seconds)
        } catch {
            logger.error("the outbox cannot be used", metadata: ["error": "\(error)"])
        }
        return tried
    }

    private func send(_ batch: [QueuedMail]) async {
        await withTaskGroup { group in
            for mail in batch {
                group.addTask {
                    // An unstructured task: when this one is cancelled, mails that were sent must still be marked.
                    await Task { await settle(mail, after: await sender.send(mail)) }.value
                }
            }
        }
    }

    private func settle(_ mail: QueuedMail, after delivery: Delivery) async {
        switch delivery {
        case .sent:
            logger.debug("mail sent", metadata: ["mail": "\(mail.id)", "attempt": "\(mail.attempts)"])
            await note(mail) { try await outbox.markSent(mail.id, at: now()) }
        case .later(let reason) where mail.attempts < retryPolicy.attempts:
            logger.warning("mail deferred", metadata: ["mail": "\(mail.id)", "reason": "\(reason)"])
            var generator = SystemRandomNumberGenerator()
            let next = now() + retryPolicy.wait(after: mail.attempts, using: &generator).seconds
            await note(mail) { try await outbox.retry(mail.id, at: next, reason: reason) }
        case .later(let reason), .never(let reason):
            logger.error("mail given up", metadata: ["mail": "\(mail.id)", "reason": "\(reason)"])
            await note(mail) { try await outbox.giveUp(mail.id, at: now(), reason: reason) }
        }
    }

    /// Records the result of sending a mail, with several tries: without the record it would be sent again.
    private func note(_ mail: QueuedMail, _ write: () async throws -> Void) async {
        for patience in 1...5 {
            do {
                return try await write()
            } catch {
                logger.error(
                    "what became of a mail cannot be written down",
                    metadata: ["mail": "\(mail.id)", "error": "\(error)", "try": "\(patience)"]
                )
                try? await Task.sleep(for: .milliseconds(200 * patience))
            }
        }
    }
}

extension Duration {
    fileprivate var seconds: TimeInterval { self / .seconds(1) }
}
