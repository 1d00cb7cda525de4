public import Foundation

/// Persistent storage of the accounts.
///
/// Each call is one transaction; each change goes with its mails and its events.
public protocol AccountStore: PeopleStore, RegistrationStore, SessionStore, TokenStore, ThrottleStore, EmailChangeStore,
    IdentityStore, SecondFactorStore, PersonalDataStore, SealedValueStore, AuditStore
{}

/// An event on record.
public struct RecordedEvent: Sendable, Equatable, Identifiable {
    /// Its number, growing with time.
    public let id: Int64
    /// The event.
    public let event: AuditEvent

    /// Makes it; the store does, from what it holds.
    public init(id: Int64, event: AuditEvent) { (self.id, self.event) = (id, event) }
}

/// A page of the audit log as a member of the staff may see it.
public struct AuditReading: Sendable, Equatable {
    /// The events, the newest first.
    public let events: [RecordedEvent]
    /// The names of the people in the events, erased accounts left out; nil when the reader may not see personal data.
    public let names: [PersonID: PersonName]?

    /// Makes a page.
    public init(events: [RecordedEvent], names: [PersonID: PersonName]?) { (self.events, self.names) = (events, names) }
}

/// The audit log; the database refuses to change or delete its entries.
public protocol AuditStore: Sendable {
    /// Records events, and queues mails that belong to no other change.
    func record(_ consequences: Consequences) async throws
    /// Reads events, the newest first.
    ///
    /// - Parameters:
    ///   - before: only those with a lower number.
    ///   - person: only those that concern or were done by this person.
    func events(before: Int64?, of person: PersonID?, limit: Int) async throws -> [RecordedEvent]
}

/// A limit to count against.
public struct QuotaCharge: Sendable, Equatable {
    /// The keyed hash of what is counted.
    public let key: Data
    /// How many in how long.
    public let quota: AccountLimits.Quota

    /// Makes a charge.
    public init(key: Data, quota: AccountLimits.Quota) { (self.key, self.quota) = (key, quota) }
}

/// Counters, all by keyed hashes.
public protocol ThrottleStore: Sendable {
    /// The failures that have not cooled down, by the keys of their counters; counters without any are missing.
    func failures(_ counters: [FailureCounter], at now: Date) async throws -> [Data: FailureCount]
    /// Counts a failure on each counter ahead of the check that may take it back, unless the counts so far say to wait.
    ///
    /// Counting first is what holds back many tries at once.
    ///
    /// - Parameter held: what to wait for by the counts so far; nil goes on.
    /// - Returns: what to wait for; then nothing was counted.
    func countFailure(
        _ counters: [FailureCounter],
        at now: Date,
        unless held: @escaping @Sendable ([Data: FailureCount]) -> FailureHold?
    ) async throws -> FailureHold?
    /// Forgets the failures under some keys and takes one back under others.
    func settle(forgetting forgotten: [Data], takingBack takenBack: [Data]) async throws
    /// Counts against every limit, or against none when one is used up: then the time when that one begins anew.
    func charge(_ charges: [QuotaCharge], at now: Date) async throws -> Date?
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
        with consequences: Consequences
    ) async throws -> LinkOutcome
    /// Unlinks an identity, unless it is the last way in.
    func unlink(_ identity: Int64, of id: PersonID, with consequences: Consequences) async throws -> UnlinkOutcome
}
