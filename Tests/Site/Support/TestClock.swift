import Foundation
import Synchronization

/// A clock that advances only on demand.
final class TestClock: Sendable {
    private let ahead = Mutex<TimeInterval>(0)

    var now: Date { Date() + ahead.withLock { $0 } }

    func advance(by seconds: TimeInterval) { ahead.withLock { $0 += seconds } }
}
