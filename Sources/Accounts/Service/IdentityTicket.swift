import Foundation

/// A sign-in at a provider that is not finished here, as it is sealed into a token or a registration.
struct IdentityTicket: Codable, Sendable {
    let identity: ExternalIdentity
    let language: PreferredLanguage
    /// The hash of the ticket that the browser holds which began it.
    let ticketHash: Data
}
