public import Civic
public import Foundation

/// A session as its owner sees it in the list of sessions.
public struct SignInSession: Sendable, Equatable, Identifiable {
    /// The number of the session.
    public let id: SessionID
    /// Where it was begun.
    public let device: Device
    /// When it was begun.
    public let started: Date
    /// When it was last used, within `AccountSettings.sessionTouch`.
    public let lastUsed: Date
    /// When it ends if it is not used.
    public let expires: Date
    /// When its owner last proved to own the account, by the sign-in or by the password.
    public let proved: Date
    /// Whether a second factor was proved in it.
    public let provedFactor: Bool

    /// Makes a session from a stored record.
    public init(
        id: SessionID,
        device: Device,
        started: Date,
        lastUsed: Date,
        expires: Date,
        proved: Date,
        provedFactor: Bool
    ) {
        self.id = id
        self.device = device
        self.started = started
        self.lastUsed = lastUsed
        self.expires = expires
        self.proved = proved
        self.provedFactor = provedFactor
    }

    /// Whether one of its times lies in the future because the clock was set back.
    ///
    /// - Parameter latest: the expiry that a session used now would get.
    func isAhead(of now: Date, expires latest: Date) -> Bool {
        [started, lastUsed, proved].contains { $0 > now } || expires > latest
    }
}

/// A session that has just begun, with what goes into the cookies.
public struct StartedSession: Sendable, Equatable {
    /// The token for the session cookie; a new one at each sign-in.
    public let token: SecretToken
    /// The number of the session.
    public let id: SessionID
    /// Who signed in.
    public let person: PersonID
    /// The language of the account.
    public let language: Language
    /// When the session ends if it is not used.
    ///
    /// The cookie lasts for `AccountSettings.sessionLifetime`: the server knows which sessions have ended.
    public let expires: Date
    /// The mark for the device cookie, by which the next sign-in from here needs no captcha.
    public let deviceMark: String
}
