public import Civic
public import Foundation

/// A session to begin.
public struct NewSession: Sendable, Equatable {
    /// The hash of its token.
    public let tokenHash: Data
    /// Where it begins.
    public let device: Device
    /// When it begins.
    public let started: Date
    /// When it ends if it is not used.
    public let expires: Date
    /// Whether a second factor was proved.
    public let provedFactor: Bool
    /// The hash of the token of an earlier session in the same browser, which ends; nil when there is none.
    public let earlier: Data?

    /// Makes a session.
    public init(
        tokenHash: Data,
        device: Device,
        started: Date,
        expires: Date,
        provedFactor: Bool = false,
        earlier: Data? = nil
    ) {
        (self.tokenHash, self.device, self.started, self.expires) = (tokenHash, device, started, expires)
        (self.provedFactor, self.earlier) = (provedFactor, earlier)
    }
}

/// Storage of sessions.
public protocol SessionStore: Sendable {
    /// The session of a token and its person, unless it has ended.
    func session(tokenHash: Data, at now: Date) async throws -> (session: SignInSession, person: Person)?
    /// Begins a session of a person; nil when the person is gone.
    func begin(_ session: NewSession, of id: PersonID, with effects: SideEffects) async throws -> SessionID?
    /// Records that a session was used, and when it now expires.
    func touch(_ id: SessionID, at now: Date, until expires: Date) async throws
    /// Sets times of a session that are in the future to now, and its expiry to `expires` at the latest.
    func bringBack(_ id: SessionID, to now: Date, until expires: Date) async throws
    /// Records that the owner of a session proved to own the account.
    func noteProof(_ id: SessionID, at now: Date) async throws
    /// Gives a session another token; false when it has ended.
    func renew(_ session: RenewedSession) async throws -> Bool
    /// The sessions of a person that have not ended, the most recently used first.
    func sessions(of id: PersonID, at now: Date) async throws -> [SignInSession]
    /// Ends a session of a person; false when there is none.
    func end(_ session: SessionID, of id: PersonID, with effects: SideEffects) async throws -> Bool
    /// Ends the sessions of a person except one; returns how many there were.
    func endSessions(of id: PersonID, except kept: SessionID?, with effects: SideEffects) async throws -> Int
}
