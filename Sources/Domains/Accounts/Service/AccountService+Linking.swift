public import Civic
import Foundation

extension AccountService {
    /// Links the identity held by a ticket to the account that its owner has signed in to.
    ///
    /// The addresses must be equal, so that a planted ticket cannot link an identity to somebody else's account. Needs a
    /// recent sign-in or a recent proof by password.
    public func linkPending(_ ticket: SecretToken, to who: SignedIn) async throws -> LinkOutcome {
        guard let held = try await held(ticket), let person = try await store.person(who.person),
            held.identity.verifiedEmail == person.email
        else { return .expired }
        let outcome = try await link(held.identity, to: who)
        guard outcome != .needsProof else { return outcome }
        _ = try await store.take(ticket.hash, for: .identity, at: now())
        return outcome
    }

    /// Mails a link to the owner of the account with the address that the provider has verified; nil when the ticket
    /// ran
    /// out.
    public func requestIdentityLink(_ ticket: SecretToken, from address: RemoteAddress) async throws -> RequestOutcome?
    {
        guard let held = try await held(ticket), let email = held.identity.verifiedEmail else { return nil }
        if let seconds = try await wait("request", settings.limits.requestsPerAddress, from: address) {
            return .wait(seconds: seconds)
        }
        if let owner = try await store.credentials(for: .email(key: email.key))?.person {
            try await mailLink(held, to: owner, from: address)
        }
        return .accepted
    }

    /// Confirms a linking by the link of a mail, in the browser that began it.
    ///
    /// - Parameter ticket: the one that this browser holds.
    public func confirmIdentityLink(_ token: SecretToken, ticket: SecretToken?) async throws -> LinkOutcome {
        guard let stored = try await store.token(token.hash, for: .identityLink, at: now()), let id = stored.person,
            let person = try await store.person(id),
            let held = try stored.payload.map({ try opened(IdentityTicket.self, $0) })
        else { return .expired }
        guard let ticket, ticket.hash == held.ticketHash else { return .otherBrowser }
        guard try await store.take(token.hash, for: .identityLink, at: now()) != nil else { return .expired }
        _ = try await store.take(ticket.hash, for: .identity, at: now())
        return try await link(held.identity, to: person)
    }

    /// Links a provider that its owner signed in at from the account page; the sign-in, or a proof by password, must be
    /// of late: a provider is a way in that stays.
    ///
    /// - Throws: `AccountsError.malformedIdentity`, or `.noSuchPerson`.
    public func link(_ identity: ExternalIdentity, to who: SignedIn) async throws -> LinkOutcome {
        guard identity.isStorable else { throw AccountsError.malformedIdentity }
        guard try await isFresh(who) else { return .needsProof }
        guard let person = try await store.person(who.person) else { throw AccountsError.noSuchPerson }
        return try await link(identity, to: person)
    }

    /// Unlinks a provider unless it is the last way to sign in; needs a recent sign-in or a recent proof by password.
    public func unlink(_ id: Int64, from who: SignedIn) async throws -> UnlinkOutcome {
        guard try await isFresh(who) else { return .needsProof }
        let provider = try await store.identities(of: who.person).first { $0.id == id }?.provider
        let event = AuditEvent(
            .identityUnlinked,
            actor: who.person,
            subject: who.person,
            detail: provider,
            time: now()
        )
        return try await store.unlink(id, of: who.person, with: sideEffects(events: [event]))
    }

    private func link(_ identity: ExternalIdentity, to person: Person) async throws -> LinkOutcome {
        let (time, provider) = (now(), identity.provider)
        let notice = AccountNotice.identityLinked(provider: provider, name: person.name, time: time)
        let event = AuditEvent(.identityLinked, actor: person.id, subject: person.id, detail: provider, time: time)
        let effects = sideEffects(mails: [try mail(notice, to: person)], events: [event])
        let outcome = try await store.link(identity, to: person.id, with: effects)
        mailQueued()
        return outcome
    }

    func mailLink(_ held: IdentityTicket, to owner: Person, from address: RemoteAddress) async throws {
        let (token, expires) = (SecretToken(), expiry(settings.identityTicketLifetime))
        let notice = AccountNotice.identityConfirmation(
            token: token,
            provider: held.identity.provider,
            name: owner.name,
            expires: expires
        )
        let mail = try mail(notice, to: owner)
        let stored = StoredToken(
            hash: token.hash,
            purpose: .identityLink,
            person: owner.id,
            payload: try sealed(held),
            expires: expires
        )
        let isMailed = try await mayMail(.link, owner.email, from: address)
        try await store.keep(stored, with: sideEffects(mails: isMailed ? [mail] : []))
        mailQueued()
    }
}
