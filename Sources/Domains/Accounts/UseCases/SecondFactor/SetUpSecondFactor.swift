public import Civic
import Foundation

/// Sets up an authenticator app: gives out a secret, and puts it in force once a code of the app is typed in.
public struct SetUpSecondFactor: Sendable {
    let store: any SecondFactorStore & PeopleStore
    let proveOwnership: ProveOwnership
    let change: SecondFactorChange
    let throttle: FailureThrottle
    let sessions: SessionTokens
    let mails: AccountMails
    let audit: AuditTrail
    let sealer: ValueSealer
    let clock: WallClock
    let settings: AccountSettings

    /// Begins with a new secret each time, so that nobody who began before knows it.
    ///
    /// - Parameter password: as typed; not needed after a recent sign-in.
    /// - Throws: `AccountsError.noSuchPerson`.
    public func begin(
        _ who: SignedIn,
        password: String?,
        from address: RemoteAddress
    ) async throws -> SecondFactorStart {
        guard let person = try await store.person(who.person) else { throw AccountsError.noSuchPerson }
        let proof = try await proveOwnership.proveUnlessFresh(who, password: password, from: address)
        guard proof == .proved else { return .refused(proof) }
        let app = TimeBasedCode()
        let isBegun = try await store.beginSecondFactor(
            of: who.person,
            secret: try sealer.seal(app.secret, for: .secondFactor),
            in: who.session,
            until: clock.time(after: settings.secondFactorLifetime)
        )
        return isBegun ? .begun(setUp(app, person)) : .inForce
    }

    /// The second factor begun in this session that waits for its first code, to show it again after a wrong code; nil when
    /// there is none or it has expired.
    public func pending(_ who: SignedIn) async throws -> SecondFactorSetUp? {
        guard let factor = try await waiting(who), let person = try await store.person(who.person) else { return nil }
        return setUp(TimeBasedCode(secret: try sealer.open(factor.secret, for: .secondFactor)), person)
    }

    /// Puts the second factor in force with a code of the app, and gives out recovery codes.
    ///
    /// Other sessions end, because a password alone may have begun them; the present one continues under a new token.
    public func confirm(
        _ who: SignedIn,
        code: String,
        from address: RemoteAddress
    ) async throws -> SecondFactorOutcome {
        guard let person = try await store.person(who.person), let factor = try await waiting(who) else {
            return .wrong
        }
        let counters = try throttle.counters("confirm", inSessionOf: who)
        if let seconds = try await throttle.admit(counters) { return .wait(seconds: seconds) }
        let app = TimeBasedCode(secret: try sealer.open(factor.secret, for: .secondFactor))
        guard let step = app.step(of: code, at: clock.now, after: factor.lastStep) else { return .wrong }
        let (codes, token) = (RecoveryCode.newSet(), SecretToken())
        let renewal = sessions.renewal(of: who, token)
        let isDone = try await store.confirmSecondFactor(
            of: who.person,
            secret: factor.secret,
            step: step,
            recoveryCodes: codes.map(\.hash),
            keeping: renewal,
            with: try change.effects(person, isOn: true, actor: person.id, origin: try audit.origin(address))
        )
        guard isDone else { return .wrong }
        try await throttle.succeed(counters)
        mails.queued()
        return .enabled(
            recoveryCodes: codes.map(\.text),
            session: try sessions.started(
                token,
                who.session,
                person.id,
                person.language,
                renewal.expires,
                passwordSet: person.passwordSet
            )
        )
    }

    private func waiting(_ who: SignedIn) async throws -> StoredSecondFactor? {
        guard let factor = try await store.secondFactor(of: who.person), !factor.isConfirmed,
            factor.session == who.session, let expires = factor.expires, expires > clock.now
        else { return nil }
        return factor
    }

    private func setUp(_ app: TimeBasedCode, _ person: Person) -> SecondFactorSetUp {
        SecondFactorSetUp(
            secret: Base32.encode(app.secret),
            address: app.address(issuer: settings.issuer, account: person.username.text)
        )
    }
}

/// What an authenticator app needs.
public struct SecondFactorSetUp: Sendable, Equatable {
    /// The secret in base32, for typing in.
    public let secret: String
    /// The `otpauth` address, for a QR code.
    public let address: String
}

/// How beginning to set up a second factor ended.
public enum SecondFactorStart: Sendable, Equatable {
    /// What the app needs; the second factor waits for its first code.
    case begun(SecondFactorSetUp)
    /// A second factor is in force already.
    case inForce
    /// The proof failed.
    case refused(ProofOutcome)
}

/// How confirming a second factor ended.
public enum SecondFactorOutcome: Sendable, Equatable {
    /// In force; the recovery codes, shown once, and the session to continue with, under a new token.
    case enabled(recoveryCodes: [String], session: StartedSession)
    /// The code is wrong, or nothing was begun.
    case wrong
    /// Too many wrong codes. The value is the number of seconds to wait.
    case wait(seconds: Int)
}
