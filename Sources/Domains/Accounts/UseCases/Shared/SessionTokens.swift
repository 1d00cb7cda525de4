import Civic
import Foundation

/// Makes what a session needs on its way between store and browser: tokens, expiry dates and device marks.
struct SessionTokens: Sendable {
    let sealer: ValueSealer
    let clock: WallClock
    let settings: AccountSettings

    /// When a session that is used now ends if it is not used again.
    var expiry: Date { clock.time(after: settings.sessionIdle) }

    /// A session to begin.
    ///
    /// - Parameter earlier: the token of the session that this browser had before, which ends.
    func new(_ token: SecretToken, _ device: Device, provedFactor: Bool = false, earlier: String?) -> NewSession {
        NewSession(
            tokenHash: token.hash,
            device: device,
            started: clock.now,
            expires: expiry,
            provedFactor: provedFactor,
            earlier: earlier.flatMap { SecretToken($0)?.hash }
        )
    }

    /// The present session of a person under another token.
    func renewal(of who: SignedIn, _ token: SecretToken) -> RenewedSession {
        RenewedSession(id: who.session, tokenHash: token.hash, expires: expiry)
    }

    /// What the browser gets of a stored session.
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
                until: clock.time(after: settings.deviceMarkLifetime)
            )
        )
    }

    /// The mark if it is one of a browser that the person has signed in with; otherwise nil.
    func valid(_ mark: String?, of person: Person) throws -> String? {
        try mark.flatMap {
            try sealer.isDeviceMark($0, of: person.id, passwordSet: person.passwordSet, at: clock.now) ? $0 : nil
        }
    }
}
