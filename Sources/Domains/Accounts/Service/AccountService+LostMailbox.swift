public import Civic
import Foundation

/// Changing the address of a person who can no longer open the present mailbox and so cannot confirm the change there.
///
/// After a fresh proof a waiting period of `AccountSettings.lostMailboxWait` begins, after which the confirmation of the
/// new address is enough. The present address is notified at once and again `lostMailboxReminder` before the end, each
/// time with a link that cancels the change. When the reminder is sent late, because the server was off or the clock was
/// set forward, the waiting period is extended to `lostMailboxReminder` after it. Resetting the password by a link mailed
/// to the present address also cancels the change, because that shows the mailbox is not lost.
extension AccountService {
    /// Starts the waiting period after which the pending change needs only the confirmation of the new address.
    ///
    /// - Parameters:
    ///   - password: the password as typed.
    ///   - code: a code of the second factor, where the account has one.
    public func waiveOldAddress(
        of who: SignedIn,
        password: String?,
        code: String?,
        from address: RemoteAddress
    ) async throws -> LostMailboxOutcome {
        guard let person = try await store.person(who.person),
            let change = try await store.emailChange(of: who.person, at: now()), !change.isOldConfirmed
        else { return .nothingUnderWay }
        if let from = change.withoutOldFrom { return .waits(until: from) }
        let proof =
            person.hasSecondFactor
            ? try await prove(who, password: password, code: code ?? "", from: address)
            : try await prove(who, password: password, from: address)
        guard proof == .proved else { return .refused(proof) }
        let from = expiry(settings.lostMailboxWait)
        let (mail, cancel) = try stopping(change, of: person, from: from)
        let event = AuditEvent(
            .emailChangeWaived,
            actor: person.id,
            subject: person.id,
            origin: try origin(address),
            time: now()
        )
        let isBegun = try await store.waiveOldAddress(
            of: person.id,
            from: from,
            until: expiry(settings.lostMailboxWait + settings.lostMailboxGrace),
            cancel: cancel,
            with: sideEffects(mails: [mail], events: [event])
        )
        mailQueued()
        return isBegun ? .waits(until: from) : .nothingUnderWay
    }

    /// The change that a cancellation link would cancel; nil when the link was used or has expired.
    ///
    /// Does not use the link up.
    public func emailChange(cancelledBy token: SecretToken) async throws -> PendingEmailChange? {
        let id = try await store.token(token.hash, for: .emailCancel, at: now())?.person
        return try await id.asyncFlatMap { try await store.emailChange(of: $0, at: now()) }
    }

    /// Cancels a change by a cancellation link and returns whose it was; nil when the link was used or has expired.
    public func cancelEmailChange(_ token: SecretToken) async throws -> PersonID? {
        guard let id = try await store.token(token.hash, for: .emailCancel, at: now())?.person else { return nil }
        let event = AuditEvent(.emailChangeStopped, subject: id, time: now())
        return try await store.cancelEmailChange(
            tokenHash: token.hash,
            at: now(),
            with: sideEffects(events: [event])
        )
    }

    /// Sends due reminders to present addresses and makes the changes whose waiting period is over; called periodically.
    ///
    /// - Throws: the first error, after everyone has been handled: one unreadable account must not hold up the others.
    func sweepEmailChanges() async throws {
        var failures: [any Error] = []
        func each(_ people: [PersonID], _ body: (PersonID) async throws -> Void) async throws {
            for id in people {
                do {
                    try await body(id)
                } catch let error as CancellationError {
                    throw error
                } catch {
                    failures.append(error)
                }
            }
        }
        try await each(try await store.changesToRemind(by: expiry(settings.lostMailboxReminder)), remind)
        try await each(try await store.completeEmailChanges(at: now()), finish)
        mailQueued()
        if let first = failures.first { throw first }
    }

    private func remind(_ id: PersonID) async throws {
        guard let person = try await store.person(id), let change = try await store.emailChange(of: id, at: now()),
            let planned = change.withoutOldFrom
        else { return }
        let from = max(planned, expiry(settings.lostMailboxReminder))
        let (mail, cancel) = try stopping(change, of: person, from: from)
        _ = try await store.noteReminder(
            of: id,
            from: from,
            until: cancel.expires,
            cancel: cancel,
            with: sideEffects(mails: [mail])
        )
    }

    private func finish(_ id: PersonID) async throws {
        guard let person = try await store.person(id), let change = try await store.emailChange(of: id, at: now())
        else { return }
        _ = try await store.finishEmailChange(of: id, at: now(), with: try changed(person, to: change.email))
    }

    /// The mail to the present address with the cancellation link, and the token to store for it.
    private func stopping(
        _ change: PendingEmailChange,
        of person: Person,
        from time: Date
    ) throws -> (OutgoingMail, StoredToken) {
        let token = SecretToken()
        let notice = AccountNotice.emailChangeWaived(
            token: token,
            name: person.name,
            newMasked: change.email.masked,
            from: time
        )
        let stored = StoredToken(
            hash: token.hash,
            purpose: .emailCancel,
            person: person.id,
            expires: time.addingTimeInterval(settings.lostMailboxGrace.timeInterval)
        )
        return (try mail(notice, to: person), stored)
    }
}
