public import Foundation

/// A number of events within a time span.
public struct Quota: Sendable, Equatable {
    /// How many.
    public let count: Int
    /// The span.
    public let span: Duration

    /// Makes a quota.
    public init(_ count: Int, per span: Duration) { (self.count, self.span) = (count, span) }
}

/// A limit to count against.
public struct QuotaCharge: Sendable, Equatable {
    /// The keyed hash of what is counted.
    public let key: Data
    /// How many in how long.
    public let quota: Quota

    /// Makes a charge.
    public init(key: Data, quota: Quota) { (self.key, self.quota) = (key, quota) }
}

/// Storage of counters, by keyed hashes of what they count.
public protocol ThrottleStore: Sendable {
    /// The decayed counts of failures by the keys of their counters; counters without failures are missing.
    func failures(_ counters: [FailureCounter], at now: Date) async throws -> [Data: FailureCount]
    /// Counts a failure on each counter, unless the present counts require a wait.
    ///
    /// It is called before the password or code is checked, and the failure is taken back when that succeeds: otherwise many
    /// simultaneous attempts would all pass before the first of them is counted.
    ///
    /// - Parameter held: decides from the present counts whether the attempt must wait; nil lets it continue.
    /// - Returns: the wait that is required, in which case nothing was counted.
    func countFailure(
        _ counters: [FailureCounter],
        at now: Date,
        unless held: @escaping @Sendable ([Data: FailureCount]) -> FailureHold?
    ) async throws -> FailureHold?
    /// Forgets the failures under some keys and takes one back under others.
    func settle(forgetting forgotten: [Data], takingBack takenBack: [Data]) async throws
    /// Counts against every quota, or against none when one is used up; returns the time when that one begins anew.
    func charge(_ charges: [QuotaCharge], at now: Date) async throws -> Date?
}

/// A counter of failures, by a keyed hash.
public struct FailureCounter: Sendable, Hashable {
    /// The keyed hash of what is counted.
    public let key: Data
    /// Half-life of the count.
    public let halfLife: Duration

    /// Makes a counter.
    public init(key: Data, halfLife: Duration) { (self.key, self.halfLife) = (key, halfLife) }
}

/// A wait that an attempt must observe.
public struct FailureHold: Sendable, Equatable {
    /// When the wait ends.
    public let until: Date
    /// The key of the counter that causes it.
    public let key: Data

    /// Makes a hold.
    public init(until: Date, key: Data) { (self.until, self.key) = (until, key) }
}

/// Failures that were counted under one key.
public struct FailureCount: Sendable, Equatable {
    /// The decayed count.
    public let count: Int
    /// When the last was.
    public let last: Date

    /// Makes a count from a stored record.
    public init(count: Int, last: Date) { (self.count, self.last) = (count, last) }
}

extension Duration {
    /// A number of minutes.
    public static func minutes(_ count: Int) -> Duration { .seconds(60 * count) }
    /// A number of hours.
    public static func hours(_ count: Int) -> Duration { .seconds(3_600 * count) }
}
