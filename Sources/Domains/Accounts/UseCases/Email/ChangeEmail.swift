public import Civic
import Foundation

/// Changes a person's e-mail address once links mailed to the present and to the new address were both followed.
public struct ChangeEmail: Sendable {
    let store: any EmailChangeStore & PeopleStore
    let proveOwnership: ProveOwnership
    let notices: EmailChangeNotices
    let quotas: QuotaCounter
    let mailLimiter: MailLimiter
    let mails: AccountMails
    let clock: WallClock
    let settings: AccountSettings

    /// Begins the change: both addresses get a link.
    ///
    /// When the new address already has an account, its owner is notified and the page does not show the difference.
    public func request(
        of who: SignedIn,
        to email: EmailAddress,
        password: String?,
        from address: RemoteAddress
    ) async throws -> EmailChangeOutcome {
        guard let person = try await store.person(who.person) else { return .refused(.wrong) }
        guard email.text != person.email.text else { return .same }
        if let seconds = try await quotas.wait("request", settings.limits.requestsPerAddress, from: address) {
            return .wait(seconds: seconds)
        }
        let proof = try await proveOwnership.prove(who, password: password, from: address)
        guard proof == .proved else { return .refused(proof) }
        let (old, new, expires) = (SecretToken(), SecretToken(), clock.time(after: settings.emailChangeLifetime))
        let notice = AccountNotice.emailChangeOld(
            token: old,
            name: person.name,
            newMasked: email.masked,
            expires: expires
        )
        var queued = [try mails.mail(notice, to: person)]
        if try await mailLimiter.mayMail(.emailChange, email, from: address) {
            queued.append(try await mailToNew(email, of: person, new, expires))
        }
        let change = EmailChange(
            person: person.id,
            email: email,
            oldTokenHash: old.hash,
            newTokenHash: new.hash,
            expires: expires
        )
        try await store.begin(change, with: SideEffects(at: clock.now, mails: queued))
        mails.queued()
        return .accepted
    }

    /// The change that a link belongs to; nil when the link was used or has expired.
    ///
    /// Does not use the link up.
    public func pending(_ token: SecretToken) async throws -> PendingEmailChange? {
        try await store.emailChange(tokenHash: token.hash, at: clock.now)?.change
    }

    /// Confirms a change by the link in either mail; the second confirmation changes the address, and both addresses are
    /// notified.
    public func confirm(_ token: SecretToken) async throws -> EmailConfirmation {
        guard let (id, change) = try await store.emailChange(tokenHash: token.hash, at: clock.now),
            let person = try await store.person(id)
        else { return .expired }
        let confirmation = try await store.confirmEmailChange(
            tokenHash: token.hash,
            at: clock.now,
            with: try notices.changed(person, to: change.email)
        )
        mails.queued()
        return confirmation
    }

    /// Cancels a pending change.
    public func cancel(of who: SignedIn) async throws { try await store.cancelEmailChange(of: who.person) }

    private func mailToNew(
        _ email: EmailAddress,
        of person: Person,
        _ token: SecretToken,
        _ expires: Date
    ) async throws -> OutgoingMail {
        let owner = try await store.credentials(for: .email(key: email.key))?.person
        if let owner, owner.id != person.id {
            // Nobody gets the token, so the change can never be confirmed by the new address.
            let notice = AccountNotice.alreadyRegistered(name: owner.name)
            return try mails.mail(notice, to: owner.email, in: owner.language, .minute(of: ""))
        }
        let notice = AccountNotice.emailChangeNew(token: token, name: person.name, expires: expires)
        return try mails.mail(notice, to: email, in: person.language)
    }
}

/// How a request for another address ended.
public enum EmailChangeOutcome: Sendable, Equatable {
    /// Both addresses got a mail: a link, or for a new address that has an account, a notice to its owner.
    case accepted
    /// The address is the present one.
    case same
    /// The proof failed.
    case refused(ProofOutcome)
    /// Too many requests. The value is the number of seconds to wait.
    case wait(seconds: Int)
}

/// How confirming another address ended.
public enum EmailConfirmation: Sendable, Equatable {
    /// Both addresses have confirmed: the address is changed.
    case changed
    /// The other address has yet to confirm.
    case waitsForOther
    /// The link was used or has expired, or the address has an account by now.
    case expired
}
