public import Foundation

/// The discrepancies between the contents on the disk and the records that refer to them.
public struct StorageReconciliation: Sendable, Equatable {
    /// Contents that no record refers to: left by a process that was killed before its record was written, or between the deletion of
    /// a record and that of its content.
    public private(set) var orphans: [FileDigest] = []
    /// Contents that records refer to and that do not exist.
    public private(set) var missing: [FileDigest] = []
    /// Contents of another size than their records say.
    public private(set) var wrongSize: [FileDigest] = []

    /// A reconciliation without discrepancies.
    public init() {}

    /// Compares contents with records.
    ///
    /// - Parameters:
    ///   - items: the contents.
    ///   - references: what records refer to, each content once or several times.
    ///   - oldest: contents written later do not count as orphans, because their records may still be written.
    public init(items: [FileStorage.Item], references: [StoredContent], oldest: Date) {
        let sizes = Dictionary(references.map { ($0.digest, $0.size) }) { first, _ in first }
        let present = Dictionary(items.map { ($0.digest, $0) }) { first, _ in first }
        orphans = items.filter { sizes[$0.digest] == nil && $0.written < oldest }.map(\.digest).sorted()
        missing = sizes.keys.filter { present[$0] == nil }.sorted()
        wrongSize = sizes.filter { digest, size in present[digest].map { $0.size != size } ?? false }.keys.sorted()
    }

    /// Whether there are no discrepancies.
    public var isSound: Bool { orphans.isEmpty && missing.isEmpty && wrongSize.isEmpty }

    /// Adds what another part of the storage shows.
    mutating func add(_ other: StorageReconciliation) {
        orphans += other.orphans
        missing += other.missing
        wrongSize += other.wrongSize
    }
}
