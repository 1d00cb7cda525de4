import NIOCore

/// Watches that bytes keep moving: in each span of a timeout at least `ConnectionSettings.leastRate` bytes a second.
struct StallWatch {
    /// When to look next; nil while nothing is watched.
    private(set) var deadline: NIODeadline?
    private var last = 0

    /// Begins a span at a count of bytes.
    mutating func begin(at count: Int, _ now: NIODeadline, _ timeout: TimeAmount) {
        deadline = now + timeout
        last = count
    }

    /// Ends watching.
    mutating func end() { deadline = nil }

    /// Whether the span has passed with too few bytes; begins the next span when there were enough.
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
