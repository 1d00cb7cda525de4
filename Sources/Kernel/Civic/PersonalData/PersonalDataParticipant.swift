public import Foundation

/// A feature's part in what happens to the personal data of a person: the download and the erasure.
public protocol PersonalDataParticipant: Sendable {
    /// What the feature adds to the copy of their data that people can download.
    ///
    /// - Returns: its sections, each under a name that no other feature uses; none when it stores nothing of the person.
    func sections(of person: PersonID, at now: Date) async throws -> [PersonalDataSection]
    /// What an erasure deletes of the feature's data and what it keeps.
    func erasurePreview(of person: PersonID, at now: Date) async throws -> ErasurePreview
    /// How the feature's data is erased when the account is.
    var erasure: ErasureStep { get }
}

/// A named section of the copy of a person's data.
public struct PersonalDataSection: Sendable {
    /// The member of the JSON object, in lower camel case; it is written in snake case.
    public let name: String
    /// What it holds; its keys are written in snake case and its dates as RFC 3339.
    public let value: any Encodable & Sendable

    /// Makes a section.
    public init(_ name: String, _ value: any Encodable & Sendable) { (self.name, self.value) = (name, value) }
}

/// How a feature erases what it stores of a person.
public enum ErasureStep: Sendable {
    /// In the transaction that deletes the account: either both happen or neither does.
    case inTransaction(any TransactionalErasure)
    /// Ahead of that transaction, for data outside the database, such as files.
    ///
    /// It must be repeatable: when the erasure of the account fails afterwards, it is run again by the next attempt.
    case before(@Sendable (PersonID) async throws -> Void)
    /// With the account itself, for data that the database deletes together with the person.
    case withAccount
}

/// Work that a store can do inside its transaction; the store's module declares the form that it accepts.
public protocol TransactionalErasure: Sendable {}
