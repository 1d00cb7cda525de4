import Civic
public import Foundation

/// What the captcha needs to remember: which challenges were used, and how hard the next ones are.
public struct CaptchaUsage: Sendable {
    let store: any TokenStore
    let throttle: FailureThrottle

    /// Records that a challenge was used; false when it was used before.
    public func useChallenge(_ challenge: String, until expires: Date) async throws -> Bool {
        try await store.useChallenge(Digest.of(challenge), until: expires)
    }

    /// The factor by which challenges are harder than usual, 1 to 8; it grows with the failures of unknown browsers.
    public func work() async throws -> Int {
        Throttle.captchaWork(failures: try await throttle.failuresOfPortal())
    }
}
