public import Foundation

/// A change of the address that both addresses must confirm.
public struct EmailChange: Sendable, Equatable {
    /// Whose address.
    public let person: PersonID
    /// The address that is to be.
    public let email: EmailAddress
    /// The hash of the token in the mail to the present address.
    public let oldTokenHash: Data
    /// The hash of the token in the mail to the new address.
    public let newTokenHash: Data
    /// When the links run out.
    public let expires: Date

    /// Makes a change.
    public init(person: PersonID, email: EmailAddress, oldTokenHash: Data, newTokenHash: Data, expires: Date) {
        (self.person, self.email, self.expires) = (person, email, expires)
        (self.oldTokenHash, self.newTokenHash) = (oldTokenHash, newTokenHash)
    }
}

/// Changes of addresses.
public protocol EmailChangeStore: Sendable {
    /// Keeps a change, in place of an earlier one of that person.
    func begin(_ change: EmailChange, with consequences: Consequences) async throws
    /// The change that waits for a person.
    func emailChange(of id: PersonID, at now: Date) async throws -> PendingEmailChange?
    /// The change that a token of either mail belongs to, and whose it is.
    func emailChange(tokenHash: Data, at now: Date) async throws -> (person: PersonID, change: PendingEmailChange)?
    /// Notes a confirmation; when it is the second, changes the address, ends the resets under way, and does what goes
    /// with it.
    func confirmEmailChange(
        tokenHash: Data,
        at now: Date,
        with consequences: Consequences
    ) async throws -> EmailConfirmation
    /// Drops the change that waits for a person.
    func cancelEmailChange(of id: PersonID) async throws
}
