public import Civic
import Foundation

extension AccountService {
    /// Begins the change of a person's address: both addresses get a link, and both must be followed.
    ///
    /// When the new address already has an account, its owner is notified and the page does not show the difference.
    public func requestEmailChange(
        of who: SignedIn,
        to email: EmailAddress,
        password: String?,
        from address: RemoteAddress
    ) async throws -> EmailChangeOutcome {
        guard let person = try await store.person(who.person) else { return .refused(.wrong) }
        guard email.text != person.email.text else { return .same }
        if let seconds = try await wait("request", settings.limits.requestsPerAddress, from: address) {
            return .wait(seconds: seconds)
        }
        let proof = try await prove(who, password: password, from: address)
        guard proof == .proved else { return .refused(proof) }
        let (old, new, expires) = (SecretToken(), SecretToken(), expiry(settings.emailChangeLifetime))
        let notice = AccountNotice.emailChangeOld(
            token: old,
            name: person.name,
            newMasked: email.masked,
            expires: expires
        )
        var mails = [try mail(notice, to: person)]
        if try await mayMail(.emailChange, email, from: address) {
            mails.append(try await mailToNew(email, of: person, new, expires))
        }
        let change = EmailChange(
            person: person.id,
            email: email,
            oldTokenHash: old.hash,
            newTokenHash: new.hash,
            expires: expires
        )
        try await store.begin(change, with: sideEffects(mails: mails))
        mailQueued()
        return .accepted
    }

    /// The change that a link belongs to; nil when it was used or ran out.
    ///
    /// Looking uses nothing up.
    public func emailChange(_ token: SecretToken) async throws -> PendingEmailChange? {
        try await store.emailChange(tokenHash: token.hash, at: now())?.change
    }

    /// Confirms a change by the link of either mail; the second confirmation changes the address, and both are told.
    public func confirmEmailChange(_ token: SecretToken) async throws -> EmailConfirmation {
        guard let (id, change) = try await store.emailChange(tokenHash: token.hash, at: now()),
            let person = try await store.person(id)
        else { return .expired }
        let effects = try changed(person, to: change.email)
        let confirmation = try await store.confirmEmailChange(
            tokenHash: token.hash,
            at: now(),
            with: effects
        )
        mailQueued()
        return confirmation
    }

    /// The mails and audit events of a changed address: the old and the new address are notified.
    func changed(_ person: Person, to email: EmailAddress) throws -> SideEffects {
        let notice = AccountNotice.emailChanged(name: person.name, time: now())
        return sideEffects(
            mails: [try mail(notice, to: person), try mail(notice, to: email, in: person.language)],
            events: [AuditEvent(.emailChanged, actor: person.id, subject: person.id, time: now())]
        )
    }

    /// Drops a change that waits.
    public func cancelEmailChange(of who: SignedIn) async throws { try await store.cancelEmailChange(of: who.person) }

    private func mailToNew(
        _ email: EmailAddress,
        of person: Person,
        _ token: SecretToken,
        _ expires: Date
    ) async throws -> OutgoingMail {
        let owner = try await store.credentials(for: .email(key: email.key))?.person
        if let owner, owner.id != person.id {
            // The link of the other mail then leads nowhere: nobody gets this token.
            return try mail(.alreadyRegistered(name: owner.name), to: owner.email, in: owner.language, .minute(of: ""))
        }
        return try mail(
            .emailChangeNew(token: token, name: person.name, expires: expires),
            to: email,
            in: person.language
        )
    }
}
