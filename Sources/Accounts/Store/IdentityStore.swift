/// Identities at providers, keyed by issuer and subject.
public protocol IdentityStore: Sendable {
    /// Who has an identity.
    func person(issuer: String, subject: String) async throws -> Person?
    /// The identities of a person, oldest first.
    func identities(of id: PersonID) async throws -> [LinkedIdentity]
    /// Links an identity to a person; `.already` and `.taken` change nothing.
    func link(
        _ identity: ExternalIdentity,
        to id: PersonID,
        with consequences: Consequences
    ) async throws -> LinkOutcome
    /// Unlinks an identity, unless it is the last way in.
    func unlink(_ identity: Int64, of id: PersonID, with consequences: Consequences) async throws -> UnlinkOutcome
}
