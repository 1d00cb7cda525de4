public import Civic
public import Foundation

/// The queue of mails to send.
///
/// Mails are written in the transaction of the change that causes them, so a mail exists exactly when its cause does; this
/// protocol is for the sender.
public protocol Outbox: Sendable {
    /// Takes mails that are due, oldest first; nobody else can take them until the lease ends.
    ///
    /// - Throws: the errors of the database.
    func claimDue(at now: Date, limit: Int, lease: Duration) async throws -> [QueuedMail]

    /// Makes mails due now if they would wait beyond `latest` because they were queued while the clock was ahead.
    ///
    /// - Parameter latest: the latest time that a mail queued now could wait for.
    func bringBack(to now: Date, latest: Date) async throws

    /// Records that a server accepted the mail, and blanks its recipient and content, so that no token remains.
    func markSent(_ id: Int64, at now: Date) async throws

    /// Puts a mail back to be tried again.
    ///
    /// - Parameter reason: without personal data, for staff.
    func retry(_ id: Int64, at next: Date, reason: String) async throws

    /// Gives the mail up; it is kept for a while, so that staff can have it sent again.
    ///
    /// - Parameter reason: without personal data, for staff.
    func giveUp(_ id: Int64, at now: Date, reason: String) async throws

    /// Mails that were given up or are waiting for another try, newest first.
    func undelivered(limit: Int) async throws -> [UndeliveredMail]

    /// Queues a given-up mail again, starting with the first try.
    ///
    /// - Throws: `MailError.notKept` when there is no such mail or it was blanked.
    func resend(_ id: Int64) async throws

    /// Blanks the mails that were given up before a time.
    func blankGivenUp(before time: Date) async throws
}

/// A mail that was not sent at the first try.
public struct UndeliveredMail: Sendable, Equatable, Identifiable {
    /// Its state.
    public enum State: Sendable, Equatable {
        /// It will be tried again at that time.
        case waiting(until: Date)
        /// It is not tried again unless staff ask for it; `isKept` tells whether they still can.
        case givenUp(at: Date, isKept: Bool)
    }

    /// The number of its row.
    public let id: Int64
    /// The recipient; empty when the mail was blanked.
    public let recipient: String
    /// Its subject; empty when the mail was blanked.
    public let subject: String
    /// When it was queued.
    public let queued: Date
    /// The number of attempts.
    public let attempts: Int
    /// Why it was not sent, without personal data.
    public let reason: String
    /// Its state.
    public let state: State

    /// Makes it from a stored row.
    public init(
        id: Int64,
        recipient: String,
        subject: String,
        queued: Date,
        attempts: Int,
        reason: String,
        state: State
    ) {
        (self.id, self.recipient, self.subject, self.queued) = (id, recipient, subject, queued)
        (self.attempts, self.reason, self.state) = (attempts, reason, state)
    }
}
