public import Civic
import Foundation

extension AccountService {
    /// The person signed in with a session cookie; nil when the text is not a token or the session has ended.
    public func session(for text: String) async throws -> SignedIn? {
        let time = now()
        guard let token = SecretToken(text),
            let (session, person) = try await store.session(tokenHash: token.hash, at: time),
            // A session that the password alone began has no part in what the second factor guards.
            session.provedFactor || !person.hasSecondFactor
        else { return nil }
        var expires = session.expires
        if session.isAhead(of: time, expires: expiry(settings.sessionIdle)) {
            // The clock was set back: treat times in the future as now, so that a proof does not stay fresh.
            expires = min(expires, expiry(settings.sessionIdle))
            do {
                try await store.bringBack(session.id, to: time, until: expires)
            } catch let error as CivicError where error.isOfStore {
                // The next request or the sweep writes it.
            }
        }
        if time.timeIntervalSince(session.lastUsed) >= settings.sessionTouch.timeInterval {
            let end = session.started.addingTimeInterval(settings.sessionLifetime.timeInterval)
            expires = min(end, expiry(settings.sessionIdle))
            do {
                try await store.touch(session.id, at: time, until: expires)
            } catch let error as CivicError where error.isOfStore {
                // Recording the use can wait for the next request; reading pages must not fail because of it.
                expires = session.expires
            }
        }
        let isFactorDue = settings.staffNeedsSecondFactor && person.role.isStaff && !person.hasSecondFactor
        return SignedIn(
            person: person.id,
            session: session.id,
            name: person.name,
            username: person.username,
            language: person.language,
            role: person.role,
            permissions: grants.permissions(of: isFactorDue ? .citizen : person.role),
            mustSetUpSecondFactor: isFactorDue,
            formSeed: token.formSeed,
            expires: expires
        )
    }

    /// The sessions of a person, the last used first.
    public func sessions(of person: PersonID) async throws -> [SignInSession] {
        try await store.sessions(of: person, at: now())
    }

    /// Ends the current session.
    public func signOut(_ who: SignedIn) async throws { _ = try await endSession(who.session, of: who) }

    /// Ends one of the person's sessions; false when they have no such session.
    public func endSession(_ session: SessionID, of who: SignedIn) async throws -> Bool {
        try await store.end(session, of: who.person, with: signedOut(who, "one"))
    }

    /// Ends all of the person's sessions except the current one; returns how many there were.
    public func signOutAll(_ who: SignedIn) async throws -> Int {
        try await store.endSessions(of: who.person, except: who.session, with: signedOut(who, "others"))
    }

    /// Goes on with a session under a new token, as after a change of rights; nil when the session has ended.
    public func renewSession(_ who: SignedIn) async throws -> StartedSession? {
        let token = SecretToken()
        let renewal = RenewedSession(id: who.session, tokenHash: token.hash, expires: expiry(settings.sessionIdle))
        guard try await store.renew(renewal) else { return nil }
        let passwordSet = try await store.person(who.person)?.passwordSet
        return try started(
            token,
            who.session,
            who.person,
            who.language,
            renewal.expires,
            passwordSet: passwordSet
        )
    }

    func newSession(
        _ token: SecretToken,
        _ device: Device,
        provedFactor: Bool = false,
        earlier: String?
    ) -> NewSession {
        NewSession(
            tokenHash: token.hash,
            device: device,
            started: now(),
            expires: expiry(settings.sessionIdle),
            provedFactor: provedFactor,
            earlier: earlier.flatMap { SecretToken($0)?.hash }
        )
    }

    func started(
        _ token: SecretToken,
        _ id: SessionID,
        _ person: PersonID,
        _ language: Language,
        _ expires: Date,
        passwordSet: Date?
    ) throws -> StartedSession {
        StartedSession(
            token: token,
            id: id,
            person: person,
            language: language,
            expires: expires,
            deviceMark: try sealer.deviceMark(
                of: person,
                passwordSet: passwordSet,
                until: expiry(settings.deviceMarkLifetime)
            )
        )
    }

    private func signedOut(_ who: SignedIn, _ detail: String) -> SideEffects {
        sideEffects(events: [
            AuditEvent(.signedOut, actor: who.person, subject: who.person, detail: detail, time: now())
        ])
    }
}
