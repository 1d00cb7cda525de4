public import Civic
import Foundation

/// Persistent storage of the accounts.
///
/// Each call is one transaction; each change goes with its mails and its events.
public protocol AccountStore: PeopleStore, RegistrationStore, SessionStore, TokenStore, ThrottleStore, EmailChangeStore,
    IdentityStore, SecondFactorStore, PersonalDataStore, SealedValueStore, AuditStore
{}

/// A page of the audit log as a member of the staff may see it.
public struct AuditReading: Sendable, Equatable {
    /// The events, the newest first.
    public let events: [RecordedEvent]
    /// The names of the people in the events, erased accounts left out; nil when the reader may not see personal data.
    public let names: [PersonID: PersonName]?

    /// Makes a page.
    public init(events: [RecordedEvent], names: [PersonID: PersonName]?) { (self.events, self.names) = (events, names) }
}

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
        with effects: SideEffects
    ) async throws -> LinkOutcome
    /// Unlinks an identity, unless it is the last way in.
    func unlink(_ identity: Int64, of id: PersonID, with effects: SideEffects) async throws -> UnlinkOutcome
}
