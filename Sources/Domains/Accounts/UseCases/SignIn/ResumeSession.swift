public import Civic
import Foundation

/// Finds who is signed in with a session cookie, and extends the session with its use.
public struct ResumeSession: Sendable {
    let store: any SessionStore
    let sessions: SessionTokens
    let grants: PermissionGrants
    let clock: WallClock
    let settings: AccountSettings

    /// The person signed in with a session cookie; nil when the text is not a token or the session has ended.
    public func callAsFunction(_ text: String) async throws -> SignedIn? {
        let time = clock.now
        guard let token = SecretToken(text),
            let (session, person) = try await store.session(tokenHash: token.hash, at: time),
            // A session begun with the password alone must not reach what the second factor protects.
            session.provedFactor || !person.hasSecondFactor
        else { return nil }
        var expires = session.expires
        if session.isAhead(of: time, expires: sessions.expiry) {
            // The clock was set back: treat times in the future as now, so that a proof does not stay fresh.
            expires = min(expires, sessions.expiry)
            do {
                try await store.bringBack(session.id, to: time, until: expires)
            } catch let error as CivicError where error.isOfStore {
                // The next request or the sweep writes it.
            }
        }
        if time.timeIntervalSince(session.lastUsed) >= settings.sessionTouch.timeInterval {
            let end = session.started.addingTimeInterval(settings.sessionLifetime.timeInterval)
            expires = min(end, sessions.expiry)
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
}
