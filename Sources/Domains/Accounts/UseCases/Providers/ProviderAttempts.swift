public import Civic
public import Foundation

/// Keeps a sign-in that was begun at a provider until the person comes back from there.
public struct ProviderAttempts: Sendable {
    let store: any TokenStore
    let quotas: QuotaCounter
    let sealer: ValueSealer
    let clock: WallClock
    let settings: AccountSettings

    /// Keeps an attempt by its state, sealed, for `AccountSettings.providerLifetime`.
    ///
    /// The number of attempts per address is limited; beyond it, none is kept.
    public func keep(state: String, _ payload: Data, from address: RemoteAddress) async throws -> RequestOutcome {
        let quota = settings.limits.providerAttemptsPerAddress
        if let seconds = try await quotas.wait("provider", quota, from: address) { return .wait(seconds: seconds) }
        try await store.keepSignInAttempt(
            Digest.of(state),
            payload: try sealer.seal(payload, for: .providerAttempt),
            at: clock.now,
            until: clock.time(after: settings.providerLifetime)
        )
        return .accepted
    }

    /// Takes an attempt back when its person returns; nil when it was taken before, has expired, or never began.
    public func take(state: String) async throws -> Data? {
        let sealed = try await store.takeSignInAttempt(Digest.of(state), at: clock.now)
        return try sealed.map { try sealer.open($0, for: .providerAttempt) }
    }
}
