public import Civic
import Foundation

/// Finishes a sign-in after the password or the provider: begins the session, or asks for the second factor and checks it.
public struct FinishSignIn: Sendable {
    /// Failures of a person's second step from everywhere after which codes are accepted from known browsers only.
    ///
    /// Whoever fails here knows the password, and six digits can be guessed with enough tries from enough addresses.
    /// Recovery codes are too long for that and stay accepted, so the owner is not locked out.
    static let ceiling = 100

    let store: any TokenStore & PeopleStore
    let beginSession: BeginSession
    let codes: SecondFactorCodes
    let throttle: FailureThrottle
    let sessions: SessionTokens
    let mails: AccountMails
    let audit: AuditTrail
    let sealer: ValueSealer
    let clock: WallClock
    let settings: AccountSettings

    /// Begins a session, or asks for the second factor.
    ///
    /// - Parameter code: a code of the second factor, where it was asked for together with the password.
    func proceed(_ person: Person, code: String? = nil, _ arrival: Arrival) async throws -> SignInOutcome {
        guard person.hasSecondFactor else {
            guard let session = try await beginSession(person, arrival) else { return .wrong }
            return .signedIn(session)
        }
        let ticket = SecretToken()
        let token = StoredToken(
            hash: ticket.hash,
            purpose: .secondStep,
            person: person.id,
            payload: try sealer.sealPayload(arrival.way),
            triesLeft: settings.codeTries,
            expires: clock.time(after: settings.secondStepLifetime)
        )
        try await store.keep(token, with: SideEffects(at: clock.now))
        guard let code else { return .needsSecondFactor(ticket: ticket) }
        let outcome = try await self(
            ticket: ticket,
            code: code,
            deviceMark: arrival.deviceMark,
            device: arrival.device,
            from: arrival.address,
            earlier: arrival.earlier
        )
        return switch outcome {
        case .signedIn(let session): .signedIn(session)
        case .wait(let seconds): .wait(seconds: seconds)
        case .wrong, .expired: .needsSecondFactor(ticket: ticket)
        }
    }

    /// Finishes a sign-in with a code of the authenticator app, or a recovery code.
    ///
    /// - Parameters:
    ///   - ticket: from `.needsSecondFactor`.
    ///   - earlier: the token of the session that this browser had before, which ends.
    public func callAsFunction(
        ticket: SecretToken,
        code: String,
        deviceMark: String? = nil,
        device: Device,
        from address: RemoteAddress,
        earlier: String? = nil
    ) async throws -> SecondStepOutcome {
        guard let token = try await store.token(ticket.hash, for: .secondStep, at: clock.now), let id = token.person,
            let person = try await store.person(id)
        else { return .expired }
        let counters = try counters(person, deviceMark, address)
        if try await isBeyondCeiling(counters, code) { return .wait(seconds: Throttle.longestWait) }
        if let seconds = try await throttle.admit(counters) { return .wait(seconds: seconds) }
        guard let left = try await store.countTry(ticket.hash, for: .secondStep, at: clock.now) else {
            return .expired
        }
        guard let proof = try await codes.use(code, of: id) else {
            try await audit.record(.signInFailed, of: id, from: address)
            return left > 0 ? .wrong(triesLeft: left) : .expired
        }
        try await throttle.succeed(counters)
        _ = try await store.take(ticket.hash, for: .secondStep, at: clock.now)
        let way = try token.payload.map { try sealer.openPayload(String.self, $0) } ?? "password"
        let arrival = Arrival(way, mark: deviceMark, device, address, earlier: earlier)
        let effects = try effects(of: proof, person)
        guard let session = try await beginSession(person, arrival, factorEffects: effects) else { return .expired }
        return .signedIn(session)
    }

    private func effects(of proof: SecondFactorCodes.Proof, _ person: Person) throws -> SideEffects {
        let time = clock.now
        guard case .recovery(let left) = proof else { return SideEffects(at: time) }
        let event = AuditEvent(.recoveryCodeUsed, actor: person.id, subject: person.id, time: time)
        let notice = AccountNotice.recoveryCodeUsed(left: left, name: person.name, time: time)
        return SideEffects(at: time, mails: [try mails.mail(notice, to: person)], events: [event])
    }

    private func counters(_ person: Person, _ mark: String?, _ address: RemoteAddress) throws -> SignInCounters {
        let what = "second/\(person.id)"
        if let mark = try sessions.valid(mark, of: person) { return try throttle.counters(what, inBrowser: mark) }
        return try throttle.counters(what, from: address, halfLife: Throttle.secondStepHalfLife)
    }

    private func isBeyondCeiling(_ counters: SignInCounters, _ code: String) async throws -> Bool {
        guard RecoveryCode(code) == nil, let everywhere = counters.everywhere else { return false }
        return try await throttle.failures(everywhere) >= Self.ceiling
    }
}

/// How the second step of a sign-in ended.
public enum SecondStepOutcome: Sendable, Equatable {
    /// Signed in, with a new session.
    case signedIn(StartedSession)
    /// The code is wrong or was used. The value is the number of tries left on this ticket.
    case wrong(triesLeft: Int)
    /// The ticket has expired: begin again with the password.
    case expired
    /// Too many recent wrong codes for this account. The value is the number of seconds to wait.
    case wait(seconds: Int)
}
