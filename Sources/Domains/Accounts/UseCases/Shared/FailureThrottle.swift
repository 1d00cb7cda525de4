import Civic
import Foundation

/// Counts failed proofs of identity, and computes how long to wait after them.
///
/// An attempt is counted before it is checked (`hold`, `admit`) and taken back when it succeeds.
struct FailureThrottle: Sendable {
    let store: any ThrottleStore
    let sealer: ValueSealer
    let clock: WallClock

    /// The counters of an attempt from an unknown browser.
    ///
    /// - Parameters:
    ///   - what: the login, or the person and what is proved.
    ///   - halfLife: half-life of the count from everywhere.
    func counters(
        _ what: String,
        from address: RemoteAddress,
        halfLife: Duration = Throttle.sharedHalfLife
    ) throws -> SignInCounters {
        try SignInCounters(what, from: address, sealer: sealer, halfLife: halfLife)
    }

    /// The counters of an attempt in a browser that the person has signed in with.
    ///
    /// - Parameter mark: the mark of the browser, which was found valid.
    func counters(_ what: String, inBrowser mark: String) throws -> SignInCounters {
        try SignInCounters(what, in: mark, sealer: sealer)
    }

    /// The counters of a proof given within a session.
    func counters(_ what: String, inSessionOf who: SignedIn) throws -> SignInCounters {
        try SignInCounters("\(what)/\(who.person)", in: "session/\(who.session)", sealer: sealer)
    }

    /// Counts an attempt ahead of its check; returns what to wait for when it may not be made yet.
    func hold(_ counters: SignInCounters) async throws -> FailureHold? {
        let time = clock.now
        return try await store.countFailure(counters.all, at: time, unless: { counters.held($0, at: time) })
    }

    /// Counts an attempt ahead of its check; returns the seconds to wait when it may not be made yet.
    func admit(_ counters: SignInCounters) async throws -> Int? {
        try await hold(counters).map { clock.seconds(until: $0.until) }
    }

    /// Takes back an attempt that succeeded: the counter that made it wait is cleared, the shared ones lose this attempt.
    func succeed(_ counters: SignInCounters) async throws {
        try await store.settle(forgetting: [counters.own.key], takingBack: counters.shared.map(\.key))
    }

    /// Takes back an attempt that was never checked.
    func withdraw(_ counters: SignInCounters) async throws {
        try await store.settle(forgetting: [], takingBack: counters.all.map(\.key))
    }

    /// The failures on a counter, as far as they have not cooled down.
    func failures(_ counter: FailureCounter) async throws -> Int {
        try await store.failures([counter], at: clock.now)[counter.key]?.count ?? 0
    }

    /// The failures of all unknown browsers together.
    func failuresOfPortal() async throws -> Int { try await failures(try SignInCounters.portal(sealer)) }
}
