public import Civic
import Foundation

extension AccountService {
    /// Failures of a person's second step from everywhere after which codes are accepted from known browsers only.
    ///
    /// Whoever fails here knows the password, and six digits can be guessed with enough tries from enough addresses.
    /// Recovery codes are too long for that and stay accepted, so the owner is not locked out.
    static let secondStepCeiling = 100

    /// Finishes a sign-in with a code of the authenticator app, or a recovery code.
    ///
    /// - Parameters:
    ///   - ticket: from `.needsSecondFactor`.
    ///   - earlier: the token of the session that this browser had before, which ends.
    public func finishSignIn(
        ticket: SecretToken,
        code: String,
        deviceMark: String? = nil,
        device: Device,
        from address: RemoteAddress,
        earlier: String? = nil
    ) async throws -> SecondStepOutcome {
        guard let token = try await store.token(ticket.hash, for: .secondStep, at: now()), let id = token.person,
            let person = try await store.person(id)
        else { return .expired }
        let counters = try counters(ofSecondStep: person, deviceMark, address)
        if try await isBeyondCeiling(counters, code) {
            return .wait(seconds: Throttle.longestWait)
        }
        if let seconds = try await admit(counters) { return .wait(seconds: seconds) }
        guard let left = try await store.countTry(ticket.hash, for: .secondStep, at: now()) else { return .expired }
        guard let proof = try await proof(code, of: id) else {
            try await note(.signInFailed, id, address)
            return left > 0 ? .wrong(triesLeft: left) : .expired
        }
        try await succeed(counters)
        _ = try await store.take(ticket.hash, for: .secondStep, at: now())
        let way = try token.payload.map { try opened(String.self, $0) } ?? "password"
        let arrival = Arrival(way, mark: deviceMark, device, address, earlier: earlier)
        guard let session = try await begin(person, arrival, more: try effects(of: proof, person)) else {
            return .expired
        }
        return .signedIn(session)
    }

    /// What a code proved to be.
    enum CodeProof {
        case app
        case recovery(left: Int)
    }

    /// Uses a code up; nil when it is none of the person's.
    func proof(_ code: String, of id: PersonID) async throws -> CodeProof? {
        guard let factor = try await store.secondFactor(of: id), factor.isConfirmed else { return nil }
        if let recovery = RecoveryCode(code) {
            return try await store.useRecoveryCode(recovery.hash, of: id, at: now()).map { .recovery(left: $0) }
        }
        let app = TimeBasedCode(secret: try sealer.open(factor.secret, for: .secondFactor))
        let time = now()
        guard let step = app.step(of: code, at: time, after: factor.lastStep) else { return nil }
        let latest = TimeBasedCode.step(at: time) + TimeBasedCode.drift
        return try await store.useStep(step, of: id, latest: latest) ? .app : nil
    }

    private func effects(of proof: CodeProof, _ person: Person) throws -> SideEffects {
        guard case .recovery(let left) = proof else { return sideEffects() }
        let event = AuditEvent(.recoveryCodeUsed, actor: person.id, subject: person.id, time: now())
        let notice = AccountNotice.recoveryCodeUsed(left: left, name: person.name, time: now())
        return sideEffects(mails: [try mail(notice, to: person)], events: [event])
    }

    private func counters(
        ofSecondStep person: Person,
        _ mark: String?,
        _ address: RemoteAddress
    ) throws -> SignInCounters {
        let what = "second/\(person.id)"
        if let mark = try valid(mark, of: person) { return try SignInCounters(what, in: mark, sealer: sealer) }
        return try SignInCounters(what, from: address, sealer: sealer, halfLife: Throttle.secondStepHalfLife)
    }

    private func isBeyondCeiling(_ counters: SignInCounters, _ code: String) async throws -> Bool {
        guard RecoveryCode(code) == nil, let everywhere = counters.everywhere else { return false }
        let counts = try await store.failures([everywhere], at: now())
        return counts[everywhere.key]?.count ?? 0 >= Self.secondStepCeiling
    }
}
