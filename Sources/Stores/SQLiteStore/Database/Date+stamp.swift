import Foundation

// Every table stores times as whole milliseconds since 1970: SQLite has no type for them, and numbers compare and subtract
// alike in every engine.

extension Date {
    /// Reads a stored time, milliseconds since 1970.
    init(stamp: Int64) { self.init(timeIntervalSince1970: Double(stamp) / 1_000) }

    /// The time as it is stored, milliseconds since 1970.
    var stamp: Int64 { Int64((timeIntervalSince1970 * 1_000).rounded()) }
}

extension Duration {
    /// Milliseconds, the unit of stored times.
    var milliseconds: Int64 { Int64((self / .milliseconds(1)).rounded()) }
}
