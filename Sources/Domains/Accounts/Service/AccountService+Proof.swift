public import Civic
import Foundation

extension AccountService {
    /// Lets a person prove to be the owner before something that matters.
    ///
    /// Wrong ones are counted for the session alone: nobody else can hold its owner.
    ///
    /// - Parameter password: the password as typed; for an account without one a recent sign-in is enough.
    public func prove(_ who: SignedIn, password: String?, from address: RemoteAddress) async throws -> ProofOutcome {
        guard let credentials = try await store.credentials(of: who.person) else { return .wrong }
        guard let hash = credentials.passwordHash else { return try await isFresh(who) ? .proved : .needsFreshSignIn }
        let counters = try counters("prove", who)
        if let seconds = try await admit(counters) { return .wait(seconds: seconds) }
        let typed = password ?? ""
        let isTooLong = typed.utf8.count > 16 * PasswordPolicy.length.upperBound
        do {
            guard try await hasher.verify(isTooLong ? "" : typed, against: hash, .known) else {
                try await note(.signInFailed, who.person, address)
                return .wrong
            }
        } catch AccountsError.busy {
            try await withdraw(counters)
            return .busy
        }
        try await succeed(counters)
        try await store.noteProof(who.session, at: now())
        return .proved
    }

    /// The same where a recent sign-in or proof is enough; only then may the password be missing.
    public func proveOfLate(
        _ who: SignedIn,
        password: String?,
        from address: RemoteAddress
    ) async throws -> ProofOutcome {
        if try await isFresh(who) { return .proved }
        guard let password, !password.isEmpty else { return .needsFreshSignIn }
        return try await prove(who, password: password, from: address)
    }

    /// The same before rights are given or taken: a proof of the last minutes (`AccountSettings.rightsProofLifetime`), by
    /// the password, or by the second factor for an account without a password.
    ///
    /// - Parameter code: a code of the app, or a recovery code, which is used up; needed only without a password.
    public func proveForRights(
        _ who: SignedIn,
        password: String?,
        code: String?,
        from address: RemoteAddress
    ) async throws -> ProofOutcome {
        if try await isFresh(who, within: settings.rightsProofLifetime) { return .proved }
        if let password, !password.isEmpty { return try await prove(who, password: password, from: address) }
        guard let person = try await store.person(who.person), !person.hasPassword, let code, !code.isEmpty else {
            return .needsFreshSignIn
        }
        let proof = try await prove(who, code: code, from: address)
        if proof == .proved { try await store.noteProof(who.session, at: now()) }
        return proof
    }

    /// Whether the session was begun, or its owner gave the password, within `AccountSettings.proofLifetime`.
    public func isFresh(_ who: SignedIn) async throws -> Bool {
        try await isFresh(who, within: settings.proofLifetime)
    }

    /// Whether a proof is recent enough to give and take rights.
    public func isFreshForRights(_ who: SignedIn) async throws -> Bool {
        try await isFresh(who, within: settings.rightsProofLifetime)
    }

    func isFresh(_ who: SignedIn, within span: Duration) async throws -> Bool {
        let session = try await store.sessions(of: who.person, at: now()).first { $0.id == who.session }
        let age = session.map { now().timeIntervalSince($0.proved) } ?? .infinity
        return age <= span.timeInterval
    }

    /// Lets a person prove to be the owner and to hold the second factor.
    ///
    /// - Parameter code: of the app, or a recovery code, which is used up.
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

    private func prove(_ who: SignedIn, code: String, from address: RemoteAddress) async throws -> ProofOutcome {
        let counters = try counters("factor", who)
        if let seconds = try await admit(counters) { return .wait(seconds: seconds) }
        guard try await self.proof(code, of: who.person) != nil else {
            try await note(.signInFailed, who.person, address)
            return .wrongCode
        }
        try await succeed(counters)
        return .proved
    }
}
