import Civic
import Foundation

/// The failure counters that an attempt to sign in or to prove ownership touches.
struct SignInCounters: Sendable {
    /// The counter that makes this attempt wait: of this login from this address, or in this browser.
    let own: FailureCounter
    /// The counter of this login from everywhere; nil for a known browser.
    let everywhere: FailureCounter?
    /// The counter of this address with every login; nil for a known browser.
    let address: FailureCounter?
    /// The counter of the /48 site of an IPv6 address with every login; nil for a known browser.
    let site: FailureCounter?
    /// The counter of all unknown browsers together; nil for a known browser.
    let portal: FailureCounter?

    /// Names the counters of an attempt from an address.
    ///
    /// - Parameters:
    ///   - what: the login, or the person and what is proved.
    ///   - from: the address.
    ///   - halfLife: half-life of the count from everywhere.
    init(
        _ what: String,
        from: RemoteAddress,
        sealer: ValueSealer,
        halfLife: Duration = Throttle.sharedHalfLife
    ) throws {
        own = try Self.counter("here/\(what)/\(from.key)", Throttle.halfLife, sealer)
        everywhere = try Self.counter("everywhere/\(what)", halfLife, sealer)
        address = try Self.counter("address/\(from.key)", Throttle.sharedHalfLife, sealer)
        site = try from.siteKey.map { try Self.counter("site/\($0)", Throttle.sharedHalfLife, sealer) }
        portal = try Self.portal(sealer)
    }

    /// Names the only counter of an attempt in a known browser, which nobody else's attempts touch.
    ///
    /// - Parameters:
    ///   - what: the person, and what is proved.
    ///   - browser: the mark of the browser, or its session.
    init(_ what: String, in browser: String, sealer: ValueSealer) throws {
        own = try Self.counter("browser/\(what)/\(browser)", Throttle.halfLife, sealer)
        (everywhere, address, site, portal) = (nil, nil, nil, nil)
    }

    /// The counter of all unknown browsers together.
    static func portal(_ sealer: ValueSealer) throws -> FailureCounter {
        try counter("portal", Throttle.portalHalfLife, sealer)
    }

    var all: [FailureCounter] { [own] + shared }
    var shared: [FailureCounter] { [everywhere, address, site, portal].compactMap { $0 } }
    /// Whether the attempt comes from a browser that the person has used before.
    var isOfKnownBrowser: Bool { portal == nil }

    /// How long to wait by the counts so far; nil when the attempt may go on.
    func held(_ counts: [Data: FailureCount], at now: Date) -> FailureHold? {
        let heat = everywhere.flatMap { counts[$0.key]?.count } ?? 0
        let ownHold = Self.hold(own, counts) { Throttle.wait(failures: $0, everywhere: heat) }
        let sharedHold = address.flatMap { Self.hold($0, counts, Throttle.wait(ofAddress:)) }
        let siteHold = site.flatMap { Self.hold($0, counts, Throttle.wait(ofSite:)) }
        return [ownHold, sharedHold, siteHold].compactMap { $0 }.filter { $0.until > now }.max { $0.until < $1.until }
    }

    private static func hold(
        _ counter: FailureCounter,
        _ counts: [Data: FailureCount],
        _ seconds: (Int) -> Int
    ) -> FailureHold? {
        counts[counter.key].map {
            FailureHold(until: $0.last.addingTimeInterval(Double(seconds($0.count))), key: counter.key)
        }
    }

    private static func counter(_ name: String, _ halfLife: Duration, _ sealer: ValueSealer) throws -> FailureCounter {
        FailureCounter(key: try sealer.hash(name, for: .throttle), halfLife: halfLife)
    }
}
