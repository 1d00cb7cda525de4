public import Civic
public import Foundation

/// Everything that is stored about a person, as it is stored.
public struct StoredPersonalData: Sendable {
    /// The person.
    public let person: Person
    /// The sealed values.
    public let details: SealedDetails
    /// What was agreed to.
    public let consents: [Consent]
    /// The sessions that have not ended.
    public let sessions: [SignInSession]
    /// The providers.
    public let identities: [StoredIdentity]
    /// A pending change of the address.
    public let emailChange: PendingEmailChange?
    /// Earlier addresses, kept while mails to them may be queued.
    public let formerEmails: [String]
    /// The second factor; its secret is not exported.
    public let secondFactor: StoredSecondFactor?
    /// When it came into force.
    public let secondFactorSince: Date?
    /// The audit events that concern the person, oldest first.
    public let events: [RecordedEvent]
    /// Mails that have not been sent yet.
    public let mails: [WaitingMail]
    /// Unfinished forms.
    public let drafts: [SavedDraft]

    /// Makes it from stored records.
    public init(
        person: Person,
        details: SealedDetails,
        consents: [Consent],
        sessions: [SignInSession],
        identities: [StoredIdentity],
        emailChange: PendingEmailChange?,
        formerEmails: [String],
        secondFactor: StoredSecondFactor?,
        secondFactorSince: Date?,
        events: [RecordedEvent],
        mails: [WaitingMail],
        drafts: [SavedDraft]
    ) {
        (self.person, self.details, self.consents, self.sessions) = (person, details, consents, sessions)
        (self.identities, self.emailChange, self.formerEmails) = (identities, emailChange, formerEmails)
        (self.secondFactor, self.secondFactorSince) = (secondFactor, secondFactorSince)
        (self.events, self.mails, self.drafts) = (events, mails, drafts)
    }
}

/// An identity with everything that is stored about it.
public struct StoredIdentity: Sendable, Equatable {
    /// What the provider said.
    public let identity: ExternalIdentity
    /// When it was linked.
    public let linked: Date

    /// Makes it from stored records.
    public init(identity: ExternalIdentity, linked: Date) { (self.identity, self.linked) = (identity, linked) }
}

/// A mail in the outbox.
public struct WaitingMail: Sendable, Equatable {
    /// Its subject.
    public let subject: String
    /// When it was queued.
    public let queued: Date

    /// Makes it from stored records.
    public init(subject: String, queued: Date) { (self.subject, self.queued) = (subject, queued) }
}

/// Everything that is stored about a person, for export and erasure.
public protocol PersonalDataStore: Sendable {
    /// Everything that is stored about a person.
    func personalData(of id: PersonID, at now: Date) async throws -> StoredPersonalData?
    /// Whether the person is the only administrator of the portal.
    func isLastAdministrator(_ id: PersonID) async throws -> Bool
    /// Erases a person and everything that names them, including mails to their addresses, runs the steps of other features,
    /// and writes the side effects, all in one transaction; false when the person is gone or is the last administrator.
    ///
    /// - Throws: an error when the store cannot run a step; then nothing is erased.
    func erase(_ id: PersonID, steps: [any TransactionalErasure], with effects: SideEffects) async throws -> Bool
    /// Erases the person to whom the token of a mailed link belongs; the token stays valid when the erasure is refused.
    func erase(
        by tokenHash: Data,
        at now: Date,
        steps: [any TransactionalErasure],
        with effects: SideEffects
    ) async throws -> ErasureConfirmation
}
