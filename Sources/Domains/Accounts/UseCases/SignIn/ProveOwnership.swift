public import Civic
import Foundation

/// Lets a signed-in person prove that they own the account, before something that a stolen session must not do.
public struct ProveOwnership: Sendable {
    let store: any PeopleStore & SessionStore
    let hasher: PasswordHasher
    let codes: SecondFactorCodes
    let throttle: FailureThrottle
    let audit: AuditTrail
    let clock: WallClock
    let settings: AccountSettings

    /// Checks the password.
    ///
    /// Wrong passwords are counted for this session alone, so nobody else can lock the owner out.
    ///
    /// - Parameter password: as typed; for an account without a password a recent sign-in is enough.
    public func prove(_ who: SignedIn, password: String?, from address: RemoteAddress) async throws -> ProofOutcome {
        guard let credentials = try await store.credentials(of: who.person) else { return .wrong }
        guard let hash = credentials.passwordHash else { return try await isFresh(who) ? .proved : .needsFreshSignIn }
        let counters = try throttle.counters("prove", inSessionOf: who)
        if let seconds = try await throttle.admit(counters) { return .wait(seconds: seconds) }
        let typed = password ?? ""
        let isTooLong = typed.utf8.count > 16 * PasswordPolicy.length.upperBound
        do {
            guard try await hasher.verify(isTooLong ? "" : typed, against: hash, .known) else {
                try await audit.record(.signInFailed, of: who.person, from: address)
                return .wrong
            }
        } catch AccountsError.busy {
            try await throttle.withdraw(counters)
            return .busy
        }
        try await throttle.succeed(counters)
        try await store.noteProof(who.session, at: clock.now)
        return .proved
    }

    /// Checks the password unless the sign-in or another proof is recent (`AccountSettings.proofLifetime`); only then may
    /// the password be missing.
    public func proveUnlessFresh(
        _ who: SignedIn,
        password: String?,
        from address: RemoteAddress
    ) async throws -> ProofOutcome {
        if try await isFresh(who) { return .proved }
        guard let password, !password.isEmpty else { return .needsFreshSignIn }
        return try await prove(who, password: password, from: address)
    }

    /// Checks the password before rights are given or taken, unless a proof is at most
    /// `AccountSettings.rightsProofLifetime` old; an account without a password proves it by the second factor.
    ///
    /// - Parameter code: a code of the app, or a recovery code, which is used up; needed only without a password.
    public func proveForRights(
        _ who: SignedIn,
        password: String?,
        code: String?,
        from address: RemoteAddress
    ) async throws -> ProofOutcome {
        if try await isFreshForRights(who) { return .proved }
        if let password, !password.isEmpty { return try await prove(who, password: password, from: address) }
        guard let person = try await store.person(who.person), !person.hasPassword, let code, !code.isEmpty else {
            return .needsFreshSignIn
        }
        let proof = try await prove(who, code: code, from: address)
        if proof == .proved { try await store.noteProof(who.session, at: clock.now) }
        return proof
    }

    /// Checks the password and then the second factor.
    ///
    /// - Parameter code: a code of the app, or a recovery code, which is used up.
    func prove(
        _ who: SignedIn,
        password: String?,
        code: String,
        from address: RemoteAddress
    ) async throws -> ProofOutcome {
        let proof = try await prove(who, password: password, from: address)
        guard proof == .proved else { return proof }
        return try await prove(who, code: code, from: address)
    }

    /// Whether the session was begun, or its owner gave the password, within `AccountSettings.proofLifetime`.
    public func isFresh(_ who: SignedIn) async throws -> Bool {
        try await isFresh(who, within: settings.proofLifetime)
    }

    /// Whether a proof is recent enough to give and take rights (`AccountSettings.rightsProofLifetime`).
    public func isFreshForRights(_ who: SignedIn) async throws -> Bool {
        try await isFresh(who, within: settings.rightsProofLifetime)
    }

    private func isFresh(_ who: SignedIn, within span: Duration) async throws -> Bool {
        let session = try await store.sessions(of: who.person, at: clock.now).first { $0.id == who.session }
        let age = session.map { clock.now.timeIntervalSince($0.proved) } ?? .infinity
        return age <= span.timeInterval
    }

    private func prove(_ who: SignedIn, code: String, from address: RemoteAddress) async throws -> ProofOutcome {
        let counters = try throttle.counters("factor", inSessionOf: who)
        if let seconds = try await throttle.admit(counters) { return .wait(seconds: seconds) }
        guard try await codes.use(code, of: who.person) != nil else {
            try await audit.record(.signInFailed, of: who.person, from: address)
            return .wrongCode
        }
        try await throttle.succeed(counters)
        return .proved
    }
}

/// How a proof of ownership ended.
public enum ProofOutcome: Sendable, Equatable {
    /// The owner proved to be the owner.
    case proved
    /// The password is wrong.
    case wrong
    /// The password is right; the code of the second factor is wrong or was used.
    case wrongCode
    /// The account has no password, or none was given: sign in again and repeat within `AccountSettings.proofLifetime`.
    case needsFreshSignIn
    /// Too many wrong attempts. The value is the number of seconds to wait.
    case wait(seconds: Int)
    /// Too many passwords are being checked (503).
    case busy
}
