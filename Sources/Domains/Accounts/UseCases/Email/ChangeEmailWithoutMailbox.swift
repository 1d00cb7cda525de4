public import Civic
public import Foundation

/// Changes the address of a person who can no longer open the present mailbox and so cannot confirm the change there.
///
/// After a fresh proof a waiting period of `AccountSettings.lostMailboxWait` begins, after which the confirmation of the
/// new address is enough. The present address is notified at once and again `lostMailboxReminder` before the end, each
/// time with a link that cancels the change. When the reminder is sent late, because the server was off or the clock was
/// set forward, the waiting period is extended to `lostMailboxReminder` after it. Resetting the password by a link mailed
/// to the present address also cancels the change, because that shows the mailbox is not lost. `CompleteEmailChanges` sends
/// the reminder and makes the change.
public struct ChangeEmailWithoutMailbox: Sendable {
    let store: any EmailChangeStore & TokenStore & PeopleStore
    let proveOwnership: ProveOwnership
    let notices: EmailChangeNotices
    let mails: AccountMails
    let audit: AuditTrail
    let clock: WallClock
    let settings: AccountSettings

    /// Starts the waiting period after which the pending change needs only the confirmation of the new address.
    ///
    /// - Parameters:
    ///   - password: as typed.
    ///   - code: a code of the second factor, where the account has one.
    public func begin(
        of who: SignedIn,
        password: String?,
        code: String?,
        from address: RemoteAddress
    ) async throws -> LostMailboxOutcome {
        guard let person = try await store.person(who.person),
            let change = try await store.emailChange(of: who.person, at: clock.now), !change.isOldConfirmed
        else { return .nothingUnderWay }
        if let from = change.withoutOldFrom { return .waits(until: from) }
        let proof =
            person.hasSecondFactor
            ? try await proveOwnership.prove(who, password: password, code: code ?? "", from: address)
            : try await proveOwnership.prove(who, password: password, from: address)
        guard proof == .proved else { return .refused(proof) }
        let from = clock.time(after: settings.lostMailboxWait)
        let (mail, cancel) = try notices.cancellation(of: change, person, from: from)
        let event = AuditEvent(
            .emailChangeWaived,
            actor: person.id,
            subject: person.id,
            origin: try audit.origin(address),
            time: clock.now
        )
        let isBegun = try await store.waiveOldAddress(
            of: person.id,
            from: from,
            until: clock.time(after: settings.lostMailboxWait + settings.lostMailboxGrace),
            cancel: cancel,
            with: SideEffects(at: clock.now, mails: [mail], events: [event])
        )
        mails.queued()
        return isBegun ? .waits(until: from) : .nothingUnderWay
    }

    /// The change that a cancellation link would cancel; nil when the link was used or has expired.
    ///
    /// Does not use the link up.
    public func pending(cancelledBy token: SecretToken) async throws -> PendingEmailChange? {
        guard let id = try await store.token(token.hash, for: .emailCancel, at: clock.now)?.person else { return nil }
        return try await store.emailChange(of: id, at: clock.now)
    }

    /// Cancels a change by a cancellation link and returns whose it was; nil when the link was used or has expired.
    public func cancel(_ token: SecretToken) async throws -> PersonID? {
        guard let id = try await store.token(token.hash, for: .emailCancel, at: clock.now)?.person else { return nil }
        let event = AuditEvent(.emailChangeStopped, subject: id, time: clock.now)
        return try await store.cancelEmailChange(
            tokenHash: token.hash,
            at: clock.now,
            with: SideEffects(at: clock.now, events: [event])
        )
    }
}

/// How a request to change the address without the present mailbox ended.
public enum LostMailboxOutcome: Sendable, Equatable {
    /// The change continues without the present address after that time.
    case waits(until: Date)
    /// There is no pending change that still needs the present address.
    case nothingUnderWay
    /// The proof failed.
    case refused(ProofOutcome)
}
