public import Civic
public import Foundation

/// A second factor as it is stored.
public struct StoredSecondFactor: Sendable, Equatable {
    /// The secret, sealed.
    public let secret: Data
    /// Whether a code confirmed it; only then is it in force.
    public let isConfirmed: Bool
    /// In which session it was begun; nil once it is in force.
    public let session: SessionID?
    /// Until when it waits for its first code; nil once it is in force.
    public let expires: Date?
    /// The last step whose code was used.
    public let lastStep: Int64
    /// How many recovery codes are left.
    public let recoveryCodesLeft: Int

    /// Makes a second factor from a stored record.
    public init(
        secret: Data,
        isConfirmed: Bool,
        session: SessionID?,
        expires: Date?,
        lastStep: Int64,
        recoveryCodesLeft: Int
    ) {
        (self.secret, self.isConfirmed, self.session, self.expires) = (secret, isConfirmed, session, expires)
        (self.lastStep, self.recoveryCodesLeft) = (lastStep, recoveryCodesLeft)
    }
}

/// Storage of second factors.
public protocol SecondFactorStore: Sendable {
    /// The second factor of a person, confirmed or not.
    func secondFactor(of id: PersonID) async throws -> StoredSecondFactor?
    /// Stores a secret that waits for its first code, in place of an earlier one; false when a second factor is in force.
    func beginSecondFactor(
        of id: PersonID,
        secret: Data,
        in session: SessionID,
        until expires: Date
    ) async throws -> Bool
    /// Puts the second factor in force, with its recovery codes; false when it is already, another secret waits by now,
    /// or the session has ended.
    ///
    /// The person's other sessions and second steps end; the session goes on under another token, as one in which the
    /// factor was proved.
    ///
    /// - Parameter secret: as it was read, so that a secret begun meanwhile is not put in force.
    func confirmSecondFactor(
        of id: PersonID,
        secret: Data,
        step: Int64,
        recoveryCodes: [Data],
        keeping kept: RenewedSession,
        with effects: SideEffects
    ) async throws -> Bool
    /// Marks a time step as used, so that a code cannot be replayed; false when it or a later one was used.
    ///
    /// - Parameter latest: the latest step that a code can have now; a recorded step after it was written while the clock
    ///   was ahead and is ignored.
    func useStep(_ step: Int64, of id: PersonID, latest: Int64) async throws -> Bool
    /// Uses a recovery code up and returns how many are left; nil when there is no such code.
    func useRecoveryCode(_ hash: Data, of id: PersonID, at now: Date) async throws -> Int?
    /// Replaces all recovery codes; false when no second factor is in force.
    func replaceRecoveryCodes(
        of id: PersonID,
        with hashes: [Data],
        _ effects: SideEffects
    ) async throws -> Bool
    /// Deletes the second factor and its codes; false when none is in force.
    ///
    /// - Parameter endsSessions: whether every session and second step of the person ends too.
    func disableSecondFactor(
        of id: PersonID,
        endsSessions: Bool,
        with effects: SideEffects
    ) async throws -> Bool
}
