public import Civic
public import Foundation

/// Persistent storage of the accounts: the sum of the ports that single use cases need.
///
/// Each call is one transaction, and each change is written together with its mails and audit events.
public protocol AccountStore: PeopleStore, RegistrationStore, SessionStore, TokenStore, ThrottleStore, EmailChangeStore,
    IdentityStore, SecondFactorStore, PersonalDataStore, SealedValueStore, SavedDraftStore, AuditStore,
    AccountSweepStore
{}

/// Deletion of what has expired.
public protocol AccountSweepStore: Sendable {
    /// Deletes expired sessions, registrations, tokens and counters.
    ///
    /// Records written while the clock was ahead count as written now.
    ///
    /// - Parameter lifetimes: the longest lifetimes of records written now.
    func sweep(at now: Date, lifetimes: StoredLifetimes) async throws
}

/// Identities at providers, keyed by issuer and subject.
public protocol IdentityStore: Sendable {
    /// The person who linked an identity; nil when nobody did.
    func person(issuer: String, subject: String) async throws -> Person?
    /// The identities of a person, oldest first.
    func identities(of id: PersonID) async throws -> [LinkedIdentity]
    /// Links an identity to a person; `.already` and `.taken` change nothing.
    func link(
        _ identity: ExternalIdentity,
        to id: PersonID,
        with effects: SideEffects
    ) async throws -> LinkOutcome
    /// Unlinks an identity, unless it is the last way to sign in.
    func unlink(_ identity: Int64, of id: PersonID, with effects: SideEffects) async throws -> UnlinkOutcome
}
