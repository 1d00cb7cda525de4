public import Foundation

/// The current time; tests supply one that they set by hand.
public struct WallClock: Sendable {
    private let read: @Sendable () -> Date

    /// Makes a clock.
    ///
    /// - Parameter read: returns the current time; the system's by default.
    public init(_ read: @escaping @Sendable () -> Date = { Date() }) { self.read = read }

    /// The current time.
    public var now: Date { read() }

    /// The time at which a span that begins now is over.
    public func time(after span: Duration) -> Date { now.addingTimeInterval(span.timeInterval) }

    /// The whole seconds until a time, rounded up and at least 1, as for `Retry-After`.
    public func seconds(until end: Date) -> Int { max(1, Int(end.timeIntervalSince(now).rounded(.up))) }
}

extension Duration {
    /// The duration in seconds, for arithmetic with dates.
    public var timeInterval: Double { self / .seconds(1) }
}
