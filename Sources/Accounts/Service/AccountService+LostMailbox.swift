import Foundation
import Mail

/// Changing the address of a person who can no longer open the present mailbox and so cannot confirm the change there.
///
/// After a fresh proof a waiting period of `AccountSettings.lostMailboxWait` begins, after which the confirmation of the
/// new address is enough. The present address is notified at once and again `lostMailboxReminder` before the end, each
/// time with a link that cancels the change. Resetting the password by a link mailed to the present address also cancels
/// it, because that shows the mailbox is not lost.
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
            with: consequences(mails: [mail], events: [event])
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
        guard let id = try await store.cancelEmailChange(tokenHash: token.hash, at: now()) else { return nil }
        let event = AuditEvent(.emailChangeStopped, subject: id, time: now())
        try await store.record(consequences(events: [event]))
        return id
    }

    /// Sends due reminders to present addresses and makes the changes whose waiting period is over; called periodically.
    func sweepEmailChanges() async throws {
        for (id, change) in try await store.changesToRemind(by: expiry(settings.lostMailboxReminder)) {
            guard let person = try await store.person(id), let from = change.withoutOldFrom else { continue }
            let (mail, cancel) = try stopping(change, of: person, from: from)
            _ = try await store.noteReminder(of: id, cancel: cancel, with: consequences(mails: [mail]))
        }
        for (id, change) in try await store.completeEmailChanges(at: now()) {
            guard let person = try await store.person(id) else { continue }
            _ = try await store.finishEmailChange(of: id, at: now(), with: try changed(person, to: change.email))
        }
        mailQueued()
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
