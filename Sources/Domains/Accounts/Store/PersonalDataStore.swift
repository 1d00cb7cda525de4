public import Civic
public import Foundation

/// Everything that is stored of a person, as it is stored: for the copy that its owner may take.
public struct StoredPersonalData: Sendable {
    /// The person.
    public let person: Person
    /// What is kept sealed.
    public let details: SealedDetails
    /// What was agreed to.
    public let consents: [Consent]
    /// The sessions, ended ones not among them.
    public let sessions: [SignInSession]
    /// The providers.
    public let identities: [StoredIdentity]
    /// A change of the address that waits.
    public let emailChange: PendingEmailChange?
    /// Earlier addresses, kept while mails to them may wait.
    public let formerEmails: [String]
    /// The second factor; its secret stays where it is.
    public let secondFactor: StoredSecondFactor?
    /// When it came into force.
    public let secondFactorSince: Date?
    /// The events on record that concern the person, oldest first.
    public let events: [RecordedEvent]
    /// Mails that have not gone out yet.
    public let mails: [WaitingMail]

    /// Makes it; the store does, from what it holds.
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
        mails: [WaitingMail]
    ) {
        (self.person, self.details, self.consents, self.sessions) = (person, details, consents, sessions)
        (self.identities, self.emailChange, self.formerEmails) = (identities, emailChange, formerEmails)
        (self.secondFactor, self.secondFactorSince) = (secondFactor, secondFactorSince)
        (self.events, self.mails) = (events, mails)
    }
}

/// An identity with all that is stored of it.
public struct StoredIdentity: Sendable, Equatable {
    /// What the provider said.
    public let identity: ExternalIdentity
    /// When it was linked.
    public let linked: Date

    /// Makes it; the store does, from what it holds.
    public init(identity: ExternalIdentity, linked: Date) { (self.identity, self.linked) = (identity, linked) }
}

/// A mail that waits to go out.
public struct WaitingMail: Sendable, Equatable {
    /// Its subject.
    public let subject: String
    /// When it was queued.
    public let queued: Date

    /// Makes it; the store does, from what it holds.
    public init(subject: String, queued: Date) { (self.subject, self.queued) = (subject, queued) }
}

/// Everything of a person, to be taken along or erased.
public protocol PersonalDataStore: Sendable {
    /// Everything that is stored of a person.
    func personalData(of id: PersonID, at now: Date) async throws -> StoredPersonalData?
    /// Whether nobody else administers the portal.
    func isLastAdministrator(_ id: PersonID) async throws -> Bool
    /// Erases a person and whatever names them, mails to their addresses included; then queues and records what goes
    /// with it. False when the person is gone, or is the last administrator.
    func erase(_ id: PersonID, with effects: SideEffects) async throws -> Bool
    /// The same by the token of a mailed link, which is used up with the account and holds as long as there is one.
    func erase(by tokenHash: Data, at now: Date, with effects: SideEffects) async throws -> ErasureConfirmation
}
