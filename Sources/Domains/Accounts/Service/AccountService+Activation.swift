public import Civic
import Foundation

extension AccountService {
    /// The registration or invitation behind a mailed link; nil when the link was used or has expired.
    ///
    /// Does not use the link up, because mail scanners open links.
    ///
    /// - Parameter ticket: of the sign-in at a provider that was begun in this browser, if there was one.
    public func pendingActivation(
        _ token: SecretToken,
        ticket: SecretToken? = nil
    ) async throws -> PendingActivation? {
        guard let registration = try await store.registration(tokenHash: token.hash, at: now()),
            try await store.credentials(for: .email(key: registration.email.key)) == nil
        else { return nil }
        return PendingActivation(
            name: registration.name,
            email: registration.email,
            username: try await freeUsername(for: registration.email),
            language: registration.language,
            role: registration.role,
            needsPassword: try identity(of: registration, ticket) == nil,
            needsAgreement: registration.consent == nil,
            expires: registration.expires
        )
    }

    /// Makes the account of a registration or an invitation and signs its owner in.
    ///
    /// - Parameters:
    ///   - token: of the link.
    ///   - password: as it was typed; nil only where a provider vouches.
    ///   - username: as it was typed.
    ///   - name: of an invited person.
    ///   - agreement: accepted by an invited person.
    ///   - ticket: of the sign-in at a provider that was begun in this browser: without it the provider is not linked,
    ///     since whoever began there need not be who reads the mail.
    ///   - earlier: the token of the session that this browser had before, which ends.
    public func activate(
        _ token: SecretToken,
        password: String?,
        username: String,
        name: PersonName? = nil,
        agreement: AgreementVersion? = nil,
        device: Device,
        from address: RemoteAddress,
        ticket: SecretToken? = nil,
        earlier: String? = nil
    ) async throws -> ActivationOutcome {
        guard let registration = try await store.registration(tokenHash: token.hash, at: now()) else { return .expired }
        guard let name = name ?? registration.name else { return .needsName }
        let accepted = agreement.map { Consent(subject: .agreement, version: $0, given: now()) }
        guard let consent = registration.consent ?? accepted else { return .needsAgreement }
        let identity = try identity(of: registration, ticket)
        let request = CreationRequest(
            source: .registration(tokenHash: token.hash),
            email: registration.email,
            name: name,
            username: username,
            password: password,
            needsPassword: identity == nil,
            language: registration.language,
            role: registration.role,
            consent: consent,
            identity: identity,
            earlier: earlier
        )
        return try await create(request, device: device, from: address)
    }

    /// A user name that nobody has, after the address.
    func freeUsername(for email: EmailAddress) async throws -> Username? {
        guard let suggestion = Username.suggested(from: email) else { return nil }
        return try await store.firstFree(of: [suggestion] + suggestion.variants)
    }

    /// Whether nobody has a user name.
    public func isUsernameFree(_ username: Username) async throws -> Bool {
        try await store.firstFree(of: [username]) != nil
    }

    private func identity(of registration: Registration, _ ticket: SecretToken?) throws -> ExternalIdentity? {
        guard let sealed = registration.identity, let ticket else { return nil }
        let held = try opened(IdentityTicket.self, sealed)
        return held.ticketHash == ticket.hash ? held.identity : nil
    }
}
