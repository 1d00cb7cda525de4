public import Civic
public import Foundation

extension AccountService {
    /// Keeps a sign-in at a provider while the person is there, by its state; good once and for minutes.
    ///
    /// One address begins so many; beyond them none is kept.
    public func keepProviderAttempt(
        state: String,
        _ payload: Data,
        from address: RemoteAddress
    ) async throws -> RequestOutcome {
        if let seconds = try await wait("provider", settings.limits.providerAttemptsPerAddress, from: address) {
            return .wait(seconds: seconds)
        }
        try await store.keepSignInAttempt(
            Digest.of(state),
            payload: try sealer.seal(payload, for: .providerAttempt),
            at: now(),
            until: expiry(settings.providerLifetime)
        )
        return .accepted
    }

    /// Takes a sign-in back that returns from a provider; nil when it was taken before, ran out, or never began.
    public func takeProviderAttempt(state: String) async throws -> Data? {
        let sealed = try await store.takeSignInAttempt(Digest.of(state), at: now())
        return try sealed.map { try sealer.open($0, for: .providerAttempt) }
    }

    /// Goes on with who came from a provider.
    ///
    /// An account with the same address is never taken for theirs: its owner has to prove it first.
    ///
    /// - Parameter earlier: the token of the session that this browser had before, which ends.
    /// - Throws: `AccountsError.malformedIdentity`.
    public func signIn(
        identity: ExternalIdentity,
        language: Language,
        deviceMark: String? = nil,
        device: Device,
        from address: RemoteAddress,
        earlier: String? = nil
    ) async throws -> IdentityOutcome {
        guard identity.isStorable else { throw AccountsError.malformedIdentity }
        if let person = try await store.person(issuer: identity.issuer, subject: identity.subject) {
            let arrival = Arrival(identity.provider, mark: deviceMark, device, address, earlier: earlier)
            switch try await proceed(person, arrival) {
            case .signedIn(let session): return .signedIn(session)
            case .needsSecondFactor(let ticket): return .needsSecondFactor(ticket: ticket)
            case .wrong, .wait, .busy: break
            }
        }
        let ticket = SecretToken()
        let held = IdentityTicket(identity: identity, language: language, ticketHash: ticket.hash)
        let token = StoredToken(
            hash: ticket.hash,
            purpose: .identity,
            person: nil,
            payload: try sealed(held),
            expires: expiry(settings.identityTicketLifetime)
        )
        try await store.keep(token, with: sideEffects())
        return try await outcome(of: held, ticket, token.expires)
    }

    /// The identity held by a ticket; nil when the ticket has expired.
    public func pendingIdentity(_ ticket: SecretToken) async throws -> ExternalIdentity? {
        try await held(ticket)?.identity
    }

    /// Makes the account of a new person whose address the provider has verified.
    public func acceptIdentity(
        _ ticket: SecretToken,
        username: String,
        name: PersonName,
        agreement: AgreementVersion,
        device: Device,
        from address: RemoteAddress,
        earlier: String? = nil
    ) async throws -> ActivationOutcome {
        guard let held = try await held(ticket), let email = held.identity.verifiedEmail,
            try await store.credentials(for: .email(key: email.key)) == nil
        else { return .expired }
        let request = CreationRequest(
            source: .identityTicket(hash: ticket.hash),
            email: email,
            name: name,
            username: username,
            password: nil,
            needsPassword: false,
            language: held.language,
            role: .citizen,
            consent: Consent(subject: .agreement, version: agreement, given: now()),
            identity: held.identity,
            earlier: earlier
        )
        return try await create(request, device: device, from: address)
    }

    /// Takes the address that a provider did not tell, and mails a link to it; nil when the ticket ran out.
    ///
    /// The link activates, or, where the address has an account, confirms the linking.
    public func provideEmail(
        _ ticket: SecretToken,
        email: EmailAddress,
        name: PersonName,
        agreement: AgreementVersion,
        from address: RemoteAddress
    ) async throws -> RequestOutcome? {
        guard let held = try await held(ticket) else { return nil }
        if let seconds = try await wait("register", settings.limits.registrationsPerAddress, from: address) {
            return .wait(seconds: seconds)
        }
        if let owner = try await store.credentials(for: .email(key: email.key))?.person {
            try await mailLink(held, to: owner, from: address)
        } else {
            try await keep(
                name: name,
                email: email,
                language: held.language,
                agreement: agreement,
                identity: try sealed(held),
                from: address
            )
        }
        return .accepted
    }

    private func outcome(
        of held: IdentityTicket,
        _ ticket: SecretToken,
        _ expires: Date
    ) async throws -> IdentityOutcome {
        let identity = held.identity
        guard let email = identity.verifiedEmail else {
            let told = identity.email.flatMap { try? EmailAddress($0) }
            return .needsEmail(ticket: ticket, name: identity.personName, email: told)
        }
        if try await store.credentials(for: .email(key: email.key)) != nil {
            return .needsConfirmation(ticket: ticket, maskedEmail: email.masked)
        }
        let pending = PendingActivation(
            name: identity.personName,
            email: email,
            username: try await freeUsername(for: email),
            language: held.language,
            role: .citizen,
            needsPassword: false,
            needsAgreement: true,
            expires: expires
        )
        return .needsAgreement(ticket: ticket, pending)
    }

    func held(_ ticket: SecretToken) async throws -> IdentityTicket? {
        let token = try await store.token(ticket.hash, for: .identity, at: now())
        return try token?.payload.map { try opened(IdentityTicket.self, $0) }
    }
}

/// A sign-in at a provider that is not finished here, as it is sealed into a token or a registration.
struct IdentityTicket: Codable, Sendable {
    let identity: ExternalIdentity
    let language: Language
    /// The hash of the ticket that the browser holds which began it.
    let ticketHash: Data
}
