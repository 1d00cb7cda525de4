public import Foundation
import Synchronization

/// A clock that a test moves: it stands still, or runs ahead of the real time.
public final class TestClock: Sendable {
    /// A morning in Almaty.
    public static let morning = Date(timeIntervalSince1970: 1_795_600_000)

    private let start: Date?
    private let moved = Mutex<TimeInterval>(0)

    /// - Parameter start: where the clock stands still; nil lets it run with the real time.
    public init(stoppedAt start: Date? = nil) { self.start = start }

    /// The current time.
    public var now: Date { (start ?? Date()) + ahead }

    /// How far the clock was moved, seconds.
    public var ahead: TimeInterval { moved.withLock { $0 } }

    /// Moves the clock forward, or back by a negative number of seconds.
    public func advance(by seconds: TimeInterval) { moved.withLock { $0 += seconds } }
}
