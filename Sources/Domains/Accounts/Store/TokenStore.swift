public import Civic
public import Foundation

/// A one-use token and its payload.
public struct StoredToken: Sendable, Equatable {
    /// What a token is for; one cannot be used for another.
    public enum Purpose: String, Sendable, CaseIterable {
        /// The link to choose a new password.
        case passwordReset
        /// The second step of a sign-in.
        case secondStep
        /// A sign-in at a provider that is not finished.
        case identity
        /// The link to prove that an account and one at a provider have the same owner.
        case identityLink
        /// The link to erase an account that has no password.
        case erasure
        /// A mailed code.
        case humanCode
        /// The link by which the present address cancels its replacement.
        case emailCancel
        /// The fields of a form that was sent after its session had ended.
        case draft
    }

    /// The hash of the token.
    public let hash: Data
    /// Its purpose.
    public let purpose: Purpose
    /// Whose it is, where there is an account.
    public let person: PersonID?
    /// Its payload, sealed.
    public let payload: Data?
    /// How many wrong codes are still allowed.
    public let triesLeft: Int
    /// When it expires.
    public let expires: Date

    /// Makes a token.
    public init(
        hash: Data,
        purpose: Purpose,
        person: PersonID?,
        payload: Data? = nil,
        triesLeft: Int = 1,
        expires: Date
    ) {
        (self.hash, self.purpose, self.person, self.payload) = (hash, purpose, person, payload)
        (self.triesLeft, self.expires) = (triesLeft, expires)
    }
}

/// Storage of one-use tokens, of sign-ins begun at providers, and of used captcha challenges.
public protocol TokenStore: Sendable {
    /// Stores a token.
    func keep(_ token: StoredToken, with effects: SideEffects) async throws
    /// A token that is still valid.
    func token(_ hash: Data, for purpose: StoredToken.Purpose, at now: Date) async throws -> StoredToken?
    /// Uses a token up; of two simultaneous calls, one gets it.
    func take(_ hash: Data, for purpose: StoredToken.Purpose, at now: Date) async throws -> StoredToken?
    /// Takes one try off a token and returns how many are left; the last try deletes it. Nil when it is gone already.
    func countTry(_ hash: Data, for purpose: StoredToken.Purpose, at now: Date) async throws -> Int?
    /// Uses up the token of a password reset, sets the password, ends every session of the person and deletes the other
    /// resets; false when the token is gone.
    func resetPassword(
        _ tokenHash: Data,
        to hash: String,
        at now: Date,
        with effects: SideEffects
    ) async throws -> Bool
    /// Stores a sign-in at a provider until it returns, by the hash of its state, and deletes expired ones.
    func keepSignInAttempt(_ stateHash: Data, payload: Data, at now: Date, until expires: Date) async throws
    /// Uses a sign-in at a provider up; of two simultaneous calls, one gets it.
    func takeSignInAttempt(_ stateHash: Data, at now: Date) async throws -> Data?
    /// Records that a challenge was used; false when it was used before.
    func useChallenge(_ hash: Data, until expires: Date) async throws -> Bool
}
