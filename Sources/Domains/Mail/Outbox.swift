public import Civic
public import Foundation

/// The table of mails to send.
///
/// Rows are written in the transaction of their cause, so that a mail exists exactly when its cause does; this protocol
/// is for who sends them.
public protocol Outbox: Sendable {
    /// Takes mails whose time has come, oldest first, and keeps others from taking them until the lease ends.
    ///
    /// - Throws: what the database throws.
    func claimDue(at now: Date, limit: Int, lease: Duration) async throws -> [QueuedMail]

    /// Makes mails due now that wait beyond a time, because they were queued while the clock was ahead.
    ///
    /// - Parameter latest: the latest time that a mail queued now could wait for.
    func bringBack(to now: Date, latest: Date) async throws

    /// Notes that a server took the mail, and blanks what it said and to whom: tokens do not stay.
    func markSent(_ id: Int64, at now: Date) async throws

    /// Puts a mail back to be tried again.
    ///
    /// - Parameter reason: without personal data, for staff.
    func retry(_ id: Int64, at next: Date, reason: String) async throws

    /// Ends the tries; the mail is kept for a while, so that staff can have it sent after all.
    ///
    /// - Parameter reason: without personal data, for staff.
    func giveUp(_ id: Int64, at now: Date, reason: String) async throws

    /// Mails that were given up or wait for another try, newest first.
    func troubled(limit: Int) async throws -> [UndeliveredMail]

    /// Has a given-up mail tried again, from the first try on.
    ///
    /// - Throws: `MailError.notKept` when there is no such mail or it was blanked.
    func resend(_ id: Int64) async throws

    /// Blanks the mails that were given up before a time.
    func blankGivenUp(before time: Date) async throws
}

/// A mail that did not go out at the first try.
public struct UndeliveredMail: Sendable, Equatable, Identifiable {
    /// What became of it.
    public enum State: Sendable, Equatable {
        /// It will be tried again at that time.
        case waiting(until: Date)
        /// Nothing more is tried unless staff ask for it; `isKept` tells whether they still can.
        case givenUp(at: Date, isKept: Bool)
    }

    /// The number of its row.
    public let id: Int64
    /// To whom; empty when the mail was blanked.
    public let recipient: String
    /// Its subject; empty when the mail was blanked.
    public let subject: String
    /// When it was queued.
    public let queued: Date
    /// How often sending it was begun.
    public let attempts: Int
    /// Why it did not go out, without personal data.
    public let reason: String
    /// What became of it.
    public let state: State

    /// Takes what the table holds.
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
