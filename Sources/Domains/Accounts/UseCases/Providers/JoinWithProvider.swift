public import Civic
import Foundation

/// Creates the account of a new person who came from a provider.
public struct JoinWithProvider: Sendable {
    let store: any PeopleStore
    let createAccount: CreateAccount
    let registerAccount: RegisterAccount
    let linkIdentity: LinkIdentity
    let tickets: IdentityTickets
    let quotas: QuotaCounter
    let sealer: ValueSealer
    let clock: WallClock
    let limits: AccountLimits

    /// The identity held by a ticket; nil when the ticket was used or has expired.
    public func pendingIdentity(_ ticket: SecretToken) async throws -> ExternalIdentity? {
        try await tickets.held(ticket)?.identity
    }

    /// Creates the account of a person whose address the provider has verified.
    public func accept(
        _ ticket: SecretToken,
        username: String,
        name: PersonName,
        agreement: AgreementVersion,
        device: Device,
        from address: RemoteAddress,
        earlier: String? = nil
    ) async throws -> ActivationOutcome {
        guard let held = try await tickets.held(ticket), let email = held.identity.verifiedEmail,
            try await store.credentials(for: .email(key: email.key)) == nil
        else { return .expired }
        let request = CreateAccount.Request(
            source: .identityTicket(hash: ticket.hash),
            email: email,
            name: name,
            username: username,
            password: nil,
            needsPassword: false,
            language: held.language,
            role: .citizen,
            consent: Consent(subject: .agreement, version: agreement, given: clock.now),
            identity: held.identity,
            earlier: earlier
        )
        return try await createAccount(request, device: device, from: address)
    }

    /// Takes the address that a provider did not give, and mails a link to it; nil when the ticket has expired.
    ///
    /// The link activates the account or, where the address has an account, confirms the linking.
    public func provideEmail(
        _ ticket: SecretToken,
        email: EmailAddress,
        name: PersonName,
        agreement: AgreementVersion,
        from address: RemoteAddress
    ) async throws -> RequestOutcome? {
        guard let held = try await tickets.held(ticket) else { return nil }
        if let seconds = try await quotas.wait("register", limits.registrationsPerAddress, from: address) {
            return .wait(seconds: seconds)
        }
        if let owner = try await store.credentials(for: .email(key: email.key))?.person {
            try await linkIdentity.mailLink(held, to: owner, from: address)
        } else {
            try await registerAccount.keep(
                name: name,
                email: email,
                language: held.language,
                agreement: agreement,
                identity: try sealer.sealPayload(held),
                from: address
            )
        }
        return .accepted
    }
}
