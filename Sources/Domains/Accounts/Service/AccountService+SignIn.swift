public import Civic
import Foundation

extension AccountService {
    /// Whether a sign-in needs a captcha: always in a new browser, and anywhere after failures.
    ///
    /// - Parameters:
    ///   - login: as it was typed; nil when the page is drawn first.
    ///   - deviceMark: of the device cookie.
    public func signInNeedsCaptcha(
        login: String?,
        deviceMark: String?,
        from address: RemoteAddress
    ) async throws -> Bool {
        guard let deviceMark, !deviceMark.isEmpty else { return true }
        guard let login else {
            // The owner of the browser is known only once the login is, so judge by the address until then.
            return try await hasFailed(try SignInCounters("", from: address, sealer: sealer).address)
        }
        guard let person = try await Login(login).asyncFlatMap(store.credentials)?.person,
            let mark = try valid(deviceMark, of: person)
        else { return true }
        return try await hasFailed(try SignInCounters("login/\(person.id)", in: mark, sealer: sealer).own)
    }

    private func hasFailed(_ counter: FailureCounter?) async throws -> Bool {
        guard let counter else { return false }
        let counts = try await store.failures([counter], at: now())
        return counts[counter.key]?.count ?? 0 >= Throttle.triesWithoutCaptcha
    }

    /// Signs in by e-mail address or user name and password.
    ///
    /// The work and the answer are the same whether the login exists or not.
    ///
    /// - Parameters:
    ///   - login: as it was typed.
    ///   - password: as it was typed.
    ///   - code: of the second factor, where it was asked for together.
    ///   - deviceMark: the mark of the device cookie; without it the owner is notified of a new device.
    ///   - device: from the User-Agent.
    ///   - address: where it comes from.
    ///   - earlier: the token of the session that this browser had before, which ends.
    public func signIn(
        login: String,
        password: String,
        code: String? = nil,
        deviceMark: String? = nil,
        device: Device,
        from address: RemoteAddress,
        earlier: String? = nil
    ) async throws -> SignInOutcome {
        let credentials = try await Login(login).asyncFlatMap(store.credentials)
        let counters = try counters(of: login, credentials?.person, deviceMark, address)
        if let hold = try await hold(counters) {
            try await noteThrottled(hold, credentials?.person.id, address)
            return .wait(seconds: Self.seconds(from: now(), to: hold.until))
        }
        do {
            // A text that no password can be is not worth hashing whole.
            let typed = password.utf8.count <= 16 * PasswordPolicy.length.upperBound ? password : ""
            let precedence: PasswordHasher.Precedence = counters.isOfKnownBrowser ? .known : .other
            let matches = try await hasher.verify(typed, against: credentials?.passwordHash, precedence)
            guard let credentials, matches else {
                try await note(.signInFailed, credentials?.person.id, address)
                return .wrong
            }
            try await succeed(counters)
            try await upgrade(credentials, typed)
            let arrival = Arrival("password", mark: deviceMark, device, address, earlier: earlier)
            return try await proceed(credentials.person, code: code, arrival)
        } catch AccountsError.busy {
            try await withdraw(counters)
            return .busy
        }
    }

    /// Begins a session, or asks for the second factor.
    func proceed(_ person: Person, code: String? = nil, _ arrival: Arrival) async throws -> SignInOutcome {
        guard person.hasSecondFactor else {
            guard let session = try await begin(person, arrival) else { return .wrong }
            return .signedIn(session)
        }
        let ticket = SecretToken()
        let token = StoredToken(
            hash: ticket.hash,
            purpose: .secondStep,
            person: person.id,
            payload: try sealed(arrival.way),
            triesLeft: settings.codeTries,
            expires: expiry(settings.secondStepLifetime)
        )
        try await store.keep(token, with: sideEffects())
        guard let code else { return .needsSecondFactor(ticket: ticket) }
        let outcome = try await finishSignIn(
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

    /// Begins a session for a person who has given every proof; nil when the account is gone.
    ///
    /// - Parameter more: what goes with the proof of a second factor; nil when none was asked for.
    func begin(_ person: Person, _ arrival: Arrival, more: SideEffects? = nil) async throws -> StartedSession? {
        let (token, time) = (SecretToken(), now())
        let session = newSession(token, arrival.device, provedFactor: more != nil, earlier: arrival.earlier)
        let isKnown = try valid(arrival.deviceMark, of: person) != nil
        var effects = more ?? sideEffects()
        effects.events.append(
            AuditEvent(
                .signedIn,
                actor: person.id,
                subject: person.id,
                detail: arrival.way,
                origin: try origin(arrival.address),
                time: time
            )
        )
        if !isKnown {
            let notice = AccountNotice.newDevice(name: person.name, device: arrival.device, time: time)
            effects.mails.append(try mail(notice, to: person))
        }
        guard let id = try await store.begin(session, of: person.id, with: effects) else { return nil }
        mailQueued()
        return try started(token, id, person.id, person.language, session.expires, passwordSet: person.passwordSet)
    }

    func note(_ kind: AuditKind, _ person: PersonID?, _ address: RemoteAddress) async throws {
        let event = AuditEvent(kind, subject: person, origin: try origin(address), time: now())
        try await store.record(sideEffects(events: [event]))
    }

    /// Puts on record that a sign-in was held back, once in a while for each counter: who is held back can ask on and
    /// on, and shall not fill the record.
    private func noteThrottled(_ hold: FailureHold, _ person: PersonID?, _ address: RemoteAddress) async throws {
        let charge = try charge("held/" + hold.key.base64EncodedString(), settings.limits.throttlingsOnRecord)
        guard try await store.charge([charge], at: now()) == nil else { return }
        try await note(.signInThrottled, person, address)
    }

    /// The counters of a sign-in: of the browser alone where the person has signed in with it.
    private func counters(
        of login: String,
        _ person: Person?,
        _ mark: String?,
        _ address: RemoteAddress
    ) throws -> SignInCounters {
        if let person, let mark = try valid(mark, of: person) {
            return try SignInCounters("login/\(person.id)", in: mark, sealer: sealer)
        }
        return try SignInCounters(throttleKey(login), from: address, sealer: sealer)
    }

    /// The key by which the throttle counts a login, equal for all spellings of it.
    private func throttleKey(_ login: String) -> String {
        "login/" + (Login(login)?.key ?? String(login.prefix(EmailAddress.mostBytes)).lowercased())
    }

    /// Hashes a password anew where the parameters are others by now.
    func upgrade(_ credentials: Credentials, _ password: String) async throws {
        // When there is too much to do the next sign-in will do it: the password was right.
        guard let old = credentials.passwordHash, hasher.needsRehash(old), let new = try? await hasher.hash(password)
        else { return }
        try await store.upgradePasswordHash(of: credentials.person.id, from: old, to: new)
    }
}

/// How somebody comes in.
struct Arrival: Sendable {
    /// By password, or the slug of a provider.
    let way: String
    let deviceMark: String?
    let device: Device
    let address: RemoteAddress
    /// The token of the session that the browser had before.
    let earlier: String?

    init(_ way: String, mark: String?, _ device: Device, _ address: RemoteAddress, earlier: String?) {
        (self.way, deviceMark, self.device, self.address, self.earlier) = (way, mark, device, address, earlier)
    }
}

extension Optional {
    func asyncFlatMap<Result>(_ body: (Wrapped) async throws -> Result?) async rethrows -> Result? {
        guard let value = self else { return nil }
        return try await body(value)
    }
}
