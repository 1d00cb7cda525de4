public import Civic
import Foundation

/// Signs a person in by e-mail address or user name and password.
public struct SignIn: Sendable {
    let store: any PeopleStore
    let finishSignIn: FinishSignIn
    let hasher: PasswordHasher
    let throttle: FailureThrottle
    let sessions: SessionTokens
    let audit: AuditTrail
    let quotas: QuotaCounter
    let clock: WallClock
    let limits: AccountLimits

    /// Whether a sign-in needs a captcha: always in a new browser, and in a known one after failures.
    ///
    /// - Parameters:
    ///   - login: as typed; nil when the page is first shown.
    ///   - deviceMark: the mark in the device cookie.
    public func needsCaptcha(login: String?, deviceMark: String?, from address: RemoteAddress) async throws -> Bool {
        guard let deviceMark, !deviceMark.isEmpty else { return true }
        guard let login else {
            // The owner of the browser is known only once the login is, so judge by the address until then.
            return try await hasFailed(try throttle.counters("", from: address).address)
        }
        guard let person = try await store.credentials(forLogin: login)?.person,
            let mark = try sessions.valid(deviceMark, of: person)
        else { return true }
        return try await hasFailed(try throttle.counters("login/\(person.id)", inBrowser: mark).own)
    }

    private func hasFailed(_ counter: FailureCounter?) async throws -> Bool {
        guard let counter else { return false }
        return try await throttle.failures(counter) >= Throttle.triesWithoutCaptcha
    }

    /// Checks a password and begins a session, or asks for the second factor.
    ///
    /// The work and the answer are the same whether the login exists or not.
    ///
    /// - Parameters:
    ///   - login: as typed.
    ///   - password: as typed.
    ///   - code: a code of the second factor, where it was asked for on the same page.
    ///   - deviceMark: the mark in the device cookie; without it the owner is notified of a new device.
    ///   - device: read from the User-Agent.
    ///   - address: where the request comes from.
    ///   - earlier: the token of the session that this browser had before, which ends.
    public func withPassword(
        login: String,
        password: String,
        code: String? = nil,
        deviceMark: String? = nil,
        device: Device,
        from address: RemoteAddress,
        earlier: String? = nil
    ) async throws -> SignInOutcome {
        let credentials = try await store.credentials(forLogin: login)
        let counters = try counters(of: login, credentials?.person, deviceMark, address)
        if let hold = try await throttle.hold(counters) {
            try await recordHold(hold, credentials?.person.id, address)
            return .wait(seconds: clock.seconds(until: hold.until))
        }
        do {
            // Do not hash a text that is too long to be anybody's password.
            let typed = password.utf8.count <= 16 * PasswordPolicy.length.upperBound ? password : ""
            let precedence: PasswordHasher.Precedence = counters.isOfKnownBrowser ? .known : .other
            let matches = try await hasher.verify(typed, against: credentials?.passwordHash, precedence)
            guard let credentials, matches else {
                try await audit.record(.signInFailed, of: credentials?.person.id, from: address)
                return .wrong
            }
            try await throttle.succeed(counters)
            try await upgrade(credentials, typed)
            let arrival = Arrival("password", mark: deviceMark, device, address, earlier: earlier)
            return try await finishSignIn.proceed(credentials.person, code: code, arrival)
        } catch AccountsError.busy {
            try await throttle.withdraw(counters)
            return .busy
        }
    }

    /// Records that a sign-in was held back, only once in a while for each counter: whoever is held back can go on asking
    /// and must not fill the audit log.
    private func recordHold(_ hold: FailureHold, _ person: PersonID?, _ address: RemoteAddress) async throws {
        let what = "held/" + hold.key.base64EncodedString()
        guard try await quotas.wait(what, limits.throttlingsOnRecord) == nil else { return }
        try await audit.record(.signInThrottled, of: person, from: address)
    }

    /// The counters of a sign-in: only that of the browser where the person has signed in with it before.
    private func counters(
        of login: String,
        _ person: Person?,
        _ mark: String?,
        _ address: RemoteAddress
    ) throws -> SignInCounters {
        if let person, let mark = try sessions.valid(mark, of: person) {
            return try throttle.counters("login/\(person.id)", inBrowser: mark)
        }
        // Equal for all spellings of a login.
        let key = Login(login)?.key ?? String(login.prefix(EmailAddress.maxBytes)).lowercased()
        return try throttle.counters("login/\(key)", from: address)
    }

    /// Hashes a password again where the parameters have changed since it was set.
    func upgrade(_ credentials: Credentials, _ password: String) async throws {
        // The password was right, so do not fail when the hasher is busy: the next sign-in does it.
        guard let old = credentials.passwordHash, hasher.needsRehash(old), let new = try? await hasher.hash(password)
        else { return }
        try await store.upgradePasswordHash(of: credentials.person.id, from: old, to: new)
    }
}

/// How a sign-in ended.
public enum SignInOutcome: Sendable, Equatable {
    /// Signed in, with a new session.
    case signedIn(StartedSession)
    /// No such pair of login and password; which of the two is wrong is never revealed.
    case wrong
    /// Too many failures from here. The value is the number of seconds to wait.
    case wait(seconds: Int)
    /// The password was right; the ticket is for `FinishSignIn` with a code.
    case needsSecondFactor(ticket: SecretToken)
    /// Too many sign-ins at once (503, Retry-After).
    case busy
}
