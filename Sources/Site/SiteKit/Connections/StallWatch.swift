import NIOCore

/// Detects a stalled transfer: fewer than `ConnectionSettings.leastRate` bytes a second over a timeout.
struct StallWatch {
    /// When to check next; nil while nothing is watched.
    package private(set) var deadline: NIODeadline?
    private var last = 0

    /// Starts a period at the given byte count.
    mutating func begin(at count: Int, _ now: NIODeadline, _ timeout: TimeAmount) {
        deadline = now + timeout
        last = count
    }

    /// Stops watching.
    mutating func end() { deadline = nil }

    /// Whether the period has ended with too few bytes; starts the next period when there were enough.
    mutating func isStalled(at count: Int, _ now: NIODeadline, _ timeout: TimeAmount) -> Bool {
        guard let deadline else {
            begin(at: count, now, timeout)
            return false
        }
        guard now >= deadline else { return false }
        let least = Int64(ConnectionSettings.leastRate) * timeout.nanoseconds / 1_000_000_000
        guard count - last < least else {
            begin(at: count, now, timeout)
            return false
        }
        return true
    }
}
