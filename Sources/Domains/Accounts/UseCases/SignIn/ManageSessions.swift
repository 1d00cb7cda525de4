public import Civic
import Foundation

/// Lists a person's sessions, ends them, and renews the present one.
public struct ManageSessions: Sendable {
    let store: any SessionStore & PeopleStore
    let sessions: SessionTokens
    let clock: WallClock

    /// The sessions of a person, the most recently used first.
    public func list(of person: PersonID) async throws -> [SignInSession] {
        try await store.sessions(of: person, at: clock.now)
    }

    /// Ends the present session.
    public func signOut(_ who: SignedIn) async throws { _ = try await end(who.session, of: who) }

    /// Ends one of the person's sessions; false when they have no such session.
    public func end(_ session: SessionID, of who: SignedIn) async throws -> Bool {
        try await store.end(session, of: who.person, with: signedOut(who, "one"))
    }

    /// Ends all of the person's sessions except the present one; returns how many there were.
    public func endOthers(of who: SignedIn) async throws -> Int {
        try await store.endSessions(of: who.person, except: who.session, with: signedOut(who, "others"))
    }

    /// Continues the present session under a new token, as after a change of rights; nil when the session has ended.
    public func renew(_ who: SignedIn) async throws -> StartedSession? {
        let token = SecretToken()
        let renewal = sessions.renewal(of: who, token)
        guard try await store.renew(renewal) else { return nil }
        return try sessions.started(
            token,
            who.session,
            who.person,
            who.language,
            renewal.expires,
            passwordSet: try await store.person(who.person)?.passwordSet
        )
    }

    private func signedOut(_ who: SignedIn, _ detail: String) -> SideEffects {
        let event = AuditEvent(.signedOut, actor: who.person, subject: who.person, detail: detail, time: clock.now)
        return SideEffects(at: clock.now, events: [event])
    }
}
