public import Foundation

/// A limit to count against.
public struct QuotaCharge: Sendable, Equatable {
    /// The keyed hash of what is counted.
    public let key: Data
    /// How many in how long.
    public let quota: AccountLimits.Quota

    /// Makes a charge.
    public init(key: Data, quota: AccountLimits.Quota) { (self.key, self.quota) = (key, quota) }
}

/// Counters, all by keyed hashes.
public protocol ThrottleStore: Sendable {
    /// The failures that have not cooled down, by the keys of their counters; counters without any are missing.
    func failures(_ counters: [FailureCounter], at now: Date) async throws -> [Data: FailureCount]
    /// Counts a failure on each counter ahead of the check that may take it back, unless the counts so far say to wait.
    ///
    /// Counting first is what holds back many tries at once.
    ///
    /// - Parameter held: what to wait for by the counts so far; nil goes on.
    /// - Returns: what to wait for; then nothing was counted.
    func countFailure(
        _ counters: [FailureCounter],
        at now: Date,
        unless held: @escaping @Sendable ([Data: FailureCount]) -> FailureHold?
    ) async throws -> FailureHold?
    /// Forgets the failures under some keys and takes one back under others.
    func settle(forgetting forgotten: [Data], takingBack takenBack: [Data]) async throws
    /// Counts against every limit, or against none when one is used up: then the time when that one begins anew.
    func charge(_ charges: [QuotaCharge], at now: Date) async throws -> Date?
}
