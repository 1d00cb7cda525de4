/// Why changes cannot be saved at present.
public enum StoreFailure: String, Sendable, CaseIterable {
    /// The disk has hardly any space left.
    case diskFull = "disk_full"
    /// The database or its write-ahead log was replaced, deleted, or overwritten by another program.
    case filesMoved = "database_moved"
    /// A write fails for another reason, or takes too long.
    case unwritable = "database_unwritable"
}

/// Tells whether a store takes writes.
public protocol StoreProbe: Sendable {
    /// Why changes cannot be saved; nil when they can.
    func failure() async -> StoreFailure?
}
