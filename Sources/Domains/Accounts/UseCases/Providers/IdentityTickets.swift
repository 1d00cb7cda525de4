import Civic
import Foundation

/// Keeps identities of people who signed in at a provider and have yet to finish here.
struct IdentityTickets: Sendable {
    let store: any TokenStore
    let sealer: ValueSealer
    let clock: WallClock
    let settings: AccountSettings

    /// Keeps an identity for `AccountSettings.identityTicketLifetime`.
    func keep(
        _ identity: ExternalIdentity,
        _ language: Language
    ) async throws -> (ticket: SecretToken, held: IdentityTicket, expires: Date) {
        let ticket = SecretToken()
        let held = IdentityTicket(identity: identity, language: language, ticketHash: ticket.hash)
        let token = StoredToken(
            hash: ticket.hash,
            purpose: .identity,
            person: nil,
            payload: try sealer.sealPayload(held),
            expires: clock.time(after: settings.identityTicketLifetime)
        )
        try await store.keep(token, with: SideEffects(at: clock.now))
        return (ticket, held, token.expires)
    }

    /// What a ticket holds; nil when it was used or has expired.
    func held(_ ticket: SecretToken) async throws -> IdentityTicket? {
        let token = try await store.token(ticket.hash, for: .identity, at: clock.now)
        return try token?.payload.map { try sealer.openPayload(IdentityTicket.self, $0) }
    }
}

/// A sign-in at a provider that is not finished here, as it is sealed into a token or a registration.
struct IdentityTicket: Codable, Sendable {
    let identity: ExternalIdentity
    let language: Language
    /// The hash of the ticket held by the browser that began the sign-in.
    let ticketHash: Data
}
