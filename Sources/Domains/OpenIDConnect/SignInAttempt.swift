public import Foundation

/// The state kept between sending somebody to a provider and their return.
///
/// It is kept on our side, found by `state`, used once, and bound to the browser that began it.
public struct SignInAttempt: Sendable, Codable, Equatable, CustomStringConvertible {
    /// How long an attempt lasts, in seconds.
    public static let lifetime: TimeInterval = 600

    /// The name of the provider.
    public let provider: String
    /// What comes back with the answer, 256 random bits.
    public let state: String
    /// What the id_token must carry, 256 random bits.
    public let nonce: String
    /// The code verifier, which proves to the provider that the code is redeemed by whoever requested it (RFC 7636).
    public let codeVerifier: String
    /// The path on our side to go on to.
    public let returnTo: String
    /// When it began.
    public let created: Date

    init(provider: String, returnTo: String, created: Date) {
        self.provider = provider
        state = RandomText.make()
        nonce = RandomText.make()
        codeVerifier = RandomText.make()
        self.returnTo = returnTo
        self.created = created
    }

    /// Names the provider alone: the rest is secret.
    public var description: String { "attempt to sign in by \(provider)" }
}

/// Somebody is to be sent to a provider.
public struct SignInStart: Sendable {
    /// What must be remembered until they come back.
    public let attempt: SignInAttempt
    /// Where to send them.
    public let redirect: String
}
