public import Civic
public import Foundation

/// Turns a registration or an invitation into an account when its mailed link is followed.
public struct ActivateAccount: Sendable {
    let store: any RegistrationStore & PeopleStore
    let createAccount: CreateAccount
    let sealer: ValueSealer
    let clock: WallClock

    /// The registration or invitation behind a mailed link; nil when the link was used or has expired.
    ///
    /// Does not use the link up, because mail scanners open links.
    ///
    /// - Parameter ticket: of the sign-in at a provider that was begun in this browser, if there was one.
    public func pending(_ token: SecretToken, ticket: SecretToken? = nil) async throws -> PendingActivation? {
        guard let registration = try await store.registration(tokenHash: token.hash, at: clock.now),
            try await store.credentials(for: .email(key: registration.email.key)) == nil
        else { return nil }
        return PendingActivation(
            name: registration.name,
            email: registration.email,
            username: try await store.freeUsername(for: registration.email),
            language: registration.language,
            role: registration.role,
            needsPassword: try identity(of: registration, ticket) == nil,
            needsAgreement: registration.consent == nil,
            expires: registration.expires
        )
    }

    /// Creates the account of a registration or an invitation and signs its owner in.
    ///
    /// - Parameters:
    ///   - token: the token in the link.
    ///   - password: as typed; nil only for a person who came from a provider.
    ///   - username: as typed.
    ///   - name: the name that an invited person gives.
    ///   - agreement: the agreement that an invited person accepts.
    ///   - ticket: of the sign-in at a provider that was begun in this browser. Without it the provider is not linked,
    ///     since the person who began there need not be the one who reads the mail.
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
        guard let registration = try await store.registration(tokenHash: token.hash, at: clock.now) else {
            return .expired
        }
        guard let name = name ?? registration.name else { return .needsName }
        let accepted = agreement.map { Consent(subject: .agreement, version: $0, given: clock.now) }
        guard let consent = registration.consent ?? accepted else { return .needsAgreement }
        let identity = try identity(of: registration, ticket)
        let request = CreateAccount.Request(
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
        return try await createAccount(request, device: device, from: address)
    }

    private func identity(of registration: Registration, _ ticket: SecretToken?) throws -> ExternalIdentity? {
        guard let sealed = registration.identity, let ticket else { return nil }
        let held = try sealer.openPayload(IdentityTicket.self, sealed)
        return held.ticketHash == ticket.hash ? held.identity : nil
    }
}

/// A registration or an invitation whose link was followed and whose account is yet to be created.
public struct PendingActivation: Sendable, Equatable {
    /// The name; nil when an invited person has yet to give it.
    public let name: PersonName?
    /// The address.
    public let email: EmailAddress
    /// A free user name to suggest.
    public let username: Username?
    /// The language of the registration.
    public let language: Language
    /// The role that the account gets.
    public let role: Role
    /// Whether a password must be chosen; false for a person who came from a provider.
    public let needsPassword: Bool
    /// Whether the agreement must yet be accepted, as by an invited person.
    public let needsAgreement: Bool
    /// When the link expires.
    public let expires: Date
}
