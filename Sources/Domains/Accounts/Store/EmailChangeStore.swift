public import Civic
public import Foundation

/// A change of the address that both addresses must confirm.
public struct EmailChange: Sendable, Equatable {
    /// Whose address.
    public let person: PersonID
    /// The new address.
    public let email: EmailAddress
    /// The hash of the token in the mail to the present address.
    public let oldTokenHash: Data
    /// The hash of the token in the mail to the new address.
    public let newTokenHash: Data
    /// When the links expire.
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
    func begin(_ change: EmailChange, with effects: SideEffects) async throws
    /// The pending change of a person.
    func emailChange(of id: PersonID, at now: Date) async throws -> PendingEmailChange?
    /// The change that a token of either mail belongs to, and whose it is.
    func emailChange(tokenHash: Data, at now: Date) async throws -> (person: PersonID, change: PendingEmailChange)?
    /// Records a confirmation; the second one changes the address, voids pending password resets, and writes the side
    /// effects.
    func confirmEmailChange(
        tokenHash: Data,
        at now: Date,
        with effects: SideEffects
    ) async throws -> EmailConfirmation
    /// Lets a person's pending change continue without the present address from a time on, unless it already does.
    ///
    /// - Parameter cancel: the token of the cancellation link mailed to the present address.
    /// - Returns: false when no pending change needs the present address.
    func waiveOldAddress(
        of id: PersonID,
        from time: Date,
        until expires: Date,
        cancel: StoredToken,
        with effects: SideEffects
    ) async throws -> Bool
    /// The people whose waiting period ends by a time and whose present address has not been reminded.
    func changesToRemind(by time: Date) async throws -> [PersonID]
    /// Records that the present address was reminded, and sets the end of the waiting period.
    ///
    /// - Parameters:
    ///   - time: the end of the waiting period, no earlier than the current one.
    ///   - expires: the change and every link that cancels it are kept at least until then.
    ///   - cancel: the token in the reminder that cancels the change.
    /// - Returns: false when it was reminded before, or the change is gone or was replaced.
    func noteReminder(
        of id: PersonID,
        from time: Date,
        until expires: Date,
        cancel: StoredToken,
        with effects: SideEffects
    ) async throws -> Bool
    /// The people whose change the new address has confirmed, whose reminder was sent, and whose waiting period is over.
    func completeEmailChanges(at now: Date) async throws -> [PersonID]
    /// Changes the address of a person; `.waitsForOther` while a confirmation is missing or the waiting period lasts.
    func finishEmailChange(
        of id: PersonID,
        at now: Date,
        with effects: SideEffects
    ) async throws -> EmailConfirmation
    /// Cancels a change by the token of a cancellation link and returns whose it was; nil when there is none.
    func cancelEmailChange(tokenHash: Data, at now: Date, with effects: SideEffects) async throws -> PersonID?
    /// Deletes the pending change of a person.
    func cancelEmailChange(of id: PersonID) async throws
}
