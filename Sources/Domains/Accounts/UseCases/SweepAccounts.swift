import Civic

/// Deletes what has expired and completes what was waiting; run at the start and every hour.
public struct SweepAccounts: Sendable {
    let store: any AccountSweepStore
    let completeEmailChanges: CompleteEmailChanges
    let clock: WallClock
    let settings: AccountSettings

    /// Sweeps once.
    public func callAsFunction() async throws {
        // Delete expired records first, so that a failing change of address does not keep them.
        try await store.sweep(at: clock.now, lifetimes: StoredLifetimes(settings))
        try await completeEmailChanges()
    }
}
