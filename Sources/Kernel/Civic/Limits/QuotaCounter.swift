/// Counts events against quotas.
///
/// What is counted is stored as a keyed hash only, never as an address or a number of a person.
public struct QuotaCounter: Sendable {
    /// The quota of a /48 site of IPv6 as a multiple of the quota of one address.
    public static let siteFactor = 4

    private let store: any ThrottleStore
    private let sealer: ValueSealer
    private let clock: WallClock

    /// Makes a counter.
    public init(store: any ThrottleStore, sealer: ValueSealer, clock: WallClock) {
        (self.store, self.sealer, self.clock) = (store, sealer, clock)
    }

    /// Counts an event against a quota.
    ///
    /// - Parameter what: names what is counted, such as `invite/42`.
    /// - Returns: nil when the event was counted; otherwise the seconds after which the quota begins anew.
    public func wait(_ what: String, _ quota: Quota) async throws -> Int? {
        try await wait([(what, quota)])
    }

    /// Counts a request from an address against a quota, and the /48 site of an IPv6 address against `siteFactor` times
    /// that quota.
    ///
    /// - Returns: nil when the request was counted; otherwise the seconds after which the quota begins anew.
    public func wait(_ what: String, _ quota: Quota, from address: RemoteAddress) async throws -> Int? {
        var events = [("\(what)/\(address.key)", quota)]
        if let site = address.siteKey {
            events.append(("\(what)/\(site)", Quota(quota.count * Self.siteFactor, per: quota.span)))
        }
        return try await wait(events)
    }

    /// Counts events against several quotas, or against none of them when one is used up.
    ///
    /// - Returns: nil when all were counted; otherwise the seconds after which the one that is used up begins anew.
    public func wait(_ events: [(what: String, quota: Quota)]) async throws -> Int? {
        let charges = try events.map {
            QuotaCharge(key: try sealer.hash("quota/" + $0.what, for: .throttle), quota: $0.quota)
        }
        return try await store.charge(charges, at: clock.now).map(clock.seconds(until:))
    }
}
