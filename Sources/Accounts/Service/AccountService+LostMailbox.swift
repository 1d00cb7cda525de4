import Foundation
import Mail

/// The way out for who cannot open the present mailbox any more, and so cannot confirm another address there.
///
/// After a proof the change goes on without the present address once a week has passed. The present address is told at
/// once and again two days before the end, each time with a link that stops the change. A password that is reset by a
/// link to the present address stops it as well: the mailbox is not lost.
extension AccountService {
    /// Begins the wait after which the change that is under way needs the new address alone.
    ///
    /// - Parameters:
    ///   - password: as it was typed.
    ///   - code: of the second factor, where there is one.
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

    /// The change that a link to the present address stops; nil when it was used or ran out.
    ///
    /// Looking uses nothing up.
    public func emailChange(cancelledBy token: SecretToken) async throws -> PendingEmailChange? {
        let id = try await store.token(token.hash, for: .emailCancel, at: now())?.person
        return try await id.asyncFlatMap { try await store.emailChange(of: $0, at: now()) }
    }

    /// Stops a change by a link to the present address; whose it was, or nil when it was used or ran out.
    public func cancelEmailChange(_ token: SecretToken) async throws -> PersonID? {
        guard let id = try await store.cancelEmailChange(tokenHash: token.hash, at: now()) else { return nil }
        let event = AuditEvent(.emailChangeStopped, subject: id, time: now())
        try await store.record(consequences(events: [event]))
        return id
    }

    /// Tells present addresses again, and makes the changes whose wait is over; due now and then.
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

    /// The mail to the present address with a link that stops the change, and what is kept of the link.
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
