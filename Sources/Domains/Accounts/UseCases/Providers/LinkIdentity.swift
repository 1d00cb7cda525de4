public import Civic
import Foundation

/// Links identities at providers to accounts, and unlinks them.
public struct LinkIdentity: Sendable {
    let store: any IdentityStore & TokenStore & PeopleStore
    let proveOwnership: ProveOwnership
    let tickets: IdentityTickets
    let quotas: QuotaCounter
    let mailLimiter: MailLimiter
    let mails: AccountMails
    let sealer: ValueSealer
    let clock: WallClock
    let settings: AccountSettings

    /// Links the identity held by a ticket to the account that its owner has signed in to.
    ///
    /// The addresses must be equal, so that a planted ticket cannot link an identity to somebody else's account. Needs a
    /// recent sign-in or a recent proof by password.
    public func linkPending(_ ticket: SecretToken, to who: SignedIn) async throws -> LinkOutcome {
        guard let held = try await tickets.held(ticket), let person = try await store.person(who.person),
            held.identity.verifiedEmail == person.email
        else { return .expired }
        let outcome = try await link(held.identity, to: who)
        guard outcome != .needsProof else { return outcome }
        _ = try await store.take(ticket.hash, for: .identity, at: clock.now)
        return outcome
    }

    /// Mails a link to the owner of the account with the address that the provider has verified; nil when the ticket has
    /// expired.
    public func requestLink(_ ticket: SecretToken, from address: RemoteAddress) async throws -> RequestOutcome? {
        guard let held = try await tickets.held(ticket), let email = held.identity.verifiedEmail else { return nil }
        if let seconds = try await quotas.wait("request", settings.limits.requestsPerAddress, from: address) {
            return .wait(seconds: seconds)
        }
        if let owner = try await store.credentials(for: .email(key: email.key))?.person {
            try await mailLink(held, to: owner, from: address)
        }
        return .accepted
    }

    /// Confirms a linking by the link in a mail, in the browser that began it.
    ///
    /// - Parameter ticket: the one that this browser holds.
    public func confirm(_ token: SecretToken, ticket: SecretToken?) async throws -> LinkOutcome {
        guard let stored = try await store.token(token.hash, for: .identityLink, at: clock.now),
            let id = stored.person, let person = try await store.person(id),
            let held = try stored.payload.map({ try sealer.openPayload(IdentityTicket.self, $0) })
        else { return .expired }
        guard let ticket, ticket.hash == held.ticketHash else { return .otherBrowser }
        guard try await store.take(token.hash, for: .identityLink, at: clock.now) != nil else { return .expired }
        _ = try await store.take(ticket.hash, for: .identity, at: clock.now)
        return try await link(held.identity, to: person)
    }

    /// Links an identity to which its owner signed in from the account page.
    ///
    /// Needs a recent sign-in or a recent proof by password, because a linked provider is a lasting way in.
    ///
    /// - Throws: `AccountsError.malformedIdentity`, or `.noSuchPerson`.
    public func link(_ identity: ExternalIdentity, to who: SignedIn) async throws -> LinkOutcome {
        guard identity.isStorable else { throw AccountsError.malformedIdentity }
        guard try await proveOwnership.isFresh(who) else { return .needsProof }
        guard let person = try await store.person(who.person) else { throw AccountsError.noSuchPerson }
        return try await link(identity, to: person)
    }

    /// Unlinks a provider unless it is the last way to sign in; needs a recent sign-in or a recent proof by password.
    public func unlink(_ id: Int64, from who: SignedIn) async throws -> UnlinkOutcome {
        guard try await proveOwnership.isFresh(who) else { return .needsProof }
        let provider = try await store.identities(of: who.person).first { $0.id == id }?.provider
        let event = AuditEvent(
            .identityUnlinked,
            actor: who.person,
            subject: who.person,
            detail: provider,
            time: clock.now
        )
        return try await store.unlink(id, of: who.person, with: SideEffects(at: clock.now, events: [event]))
    }

    /// Mails the link that confirms a linking to the owner of an account.
    func mailLink(_ held: IdentityTicket, to owner: Person, from address: RemoteAddress) async throws {
        let (token, expires) = (SecretToken(), clock.time(after: settings.identityTicketLifetime))
        let notice = AccountNotice.identityConfirmation(
            token: token,
            provider: held.identity.provider,
            name: owner.name,
            expires: expires
        )
        let mail = try mails.mail(notice, to: owner)
        let stored = StoredToken(
            hash: token.hash,
            purpose: .identityLink,
            person: owner.id,
            payload: try sealer.sealPayload(held),
            expires: expires
        )
        let isMailed = try await mailLimiter.mayMail(.link, owner.email, from: address)
        try await store.keep(stored, with: SideEffects(at: clock.now, mails: isMailed ? [mail] : []))
        mails.queued()
    }

    private func link(_ identity: ExternalIdentity, to person: Person) async throws -> LinkOutcome {
        let (time, provider) = (clock.now, identity.provider)
        let notice = AccountNotice.identityLinked(provider: provider, name: person.name, time: time)
        let event = AuditEvent(.identityLinked, actor: person.id, subject: person.id, detail: provider, time: time)
        let effects = SideEffects(at: time, mails: [try mails.mail(notice, to: person)], events: [event])
        let outcome = try await store.link(identity, to: person.id, with: effects)
        mails.queued()
        return outcome
    }
}

/// How linking an identity ended.
public enum LinkOutcome: Sendable, Equatable {
    /// Linked.
    case linked
    /// It was linked to this account already.
    case already
    /// It belongs to another account.
    case taken
    /// The ticket or the link has expired.
    case expired
    /// The link was opened in another browser than the one that signed in at the provider. The person who began there must
    /// be the one who reads the mail; otherwise strangers could have their own identity confirmed.
    case otherBrowser
    /// Neither the sign-in nor a proof by password is recent enough: call `ProveOwnership.proveUnlessFresh` first.
    case needsProof
}

/// How unlinking an identity ended.
public enum UnlinkOutcome: Sendable, Equatable {
    /// Unlinked.
    case unlinked
    /// It is the last way to sign in: set a password first.
    case lastWayIn
    /// There is no such link.
    case unknown
    /// Neither the sign-in nor a proof by password is recent enough: call `ProveOwnership.proveUnlessFresh` first.
    case needsProof
}
