import Civic
public import Foundation
public import Logging
public import ServiceLifecycle

/// Sends what the outbox holds, as long as the server runs.
///
/// A mail is taken with a lease before it is sent and marked after, so two processes on one database never send the same
/// one at once, and a mail that was marked is never sent again. Between the server's consent and our mark lies a gap that no
/// protocol closes: when the process is killed in it, or the database cannot be written, the mail is sent a second
/// time once the lease ends. It then bears the same Message-ID, by which most mailboxes show it once. A portal that
/// rather loses an activation link than sends it twice would be the worse one.
public struct MailService: Service {
    private let outbox: any Outbox
    private let sender: MailSender
    private let pace: RetryPolicy
    private let logger: Logger
    private let now: @Sendable () -> Date
    private let bells: AsyncStream<Void>
    private let bell: AsyncStream<Void>.Continuation

    /// Takes what to send, how, and how fast.
    public init(
        outbox: any Outbox,
        sender: MailSender,
        pace: RetryPolicy = RetryPolicy(),
        logger: Logger,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        (self.outbox, self.sender, self.pace) = (outbox, sender, pace)
        (self.logger, self.now) = (logger, now)
        // One waiting ring is enough: a drain takes all there is.
        (bells, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Tells that something was queued, so that it goes out at once.
    public func wake() { bell.yield() }

    /// Sends what is due, now and whenever woken or the poll comes round, until the server shuts down.
    ///
    /// On shutdown the mails that are on their way are finished and marked.
    public func run() async throws {
        let clock = Task { [bell, pace] in
            while !Task.isCancelled {
                bell.yield()
                try await Task.sleep(for: pace.poll)
            }
        }
        defer { clock.cancel() }
        await withGracefulShutdownHandler {
            for await _ in bells { await sendDue() }
        } onGracefulShutdown: { [bell] in
            bell.finish()
        }
    }

    /// Sends all that is due, in batches, and returns how many mails were tried.
    @discardableResult
    public func sendDue() async -> Int {
        var tried = 0
        do {
            try await outbox.bringBack(to: now(), latest: now() + pace.furthest.seconds)
            while !Task.isCancelled, !Task.isShuttingDownGracefully {
                let batch = try await outbox.claimDue(at: now(), limit: pace.concurrency, lease: pace.lease)
                guard !batch.isEmpty else { break }
                await send(batch)
                tried += batch.count
            }
            try await outbox.blankGivenUp(before: now() - pace.keepsGivenUp.seconds)
        } catch {
            logger.error("the outbox cannot be used", metadata: ["error": "\(error)"])
        }
        return tried
    }

    private func send(_ batch: [QueuedMail]) async {
        await withTaskGroup { group in
            for mail in batch {
                group.addTask {
                    // A task of its own: when this one is cancelled, what was sent must still be marked.
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
        case .later(let reason) where mail.attempts < pace.attempts:
            logger.warning("mail deferred", metadata: ["mail": "\(mail.id)", "reason": "\(reason)"])
            var generator = SystemRandomNumberGenerator()
            let next = now() + pace.wait(after: mail.attempts, using: &generator).seconds
            await note(mail) { try await outbox.retry(mail.id, at: next, reason: reason) }
        case .later(let reason), .never(let reason):
            logger.error("mail given up", metadata: ["mail": "\(mail.id)", "reason": "\(reason)"])
            await note(mail) { try await outbox.giveUp(mail.id, at: now(), reason: reason) }
        }
    }

    /// Writes down what became of a mail, with some patience: forgetting it means sending it again.
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
