import GRDB
public import Gazetteer

/// What differs between two city files, layer by layer.
public struct CityDifference: Sendable, Equatable {
    /// The keys of the records of one layer that differ.
    public struct Changes: Sendable, Equatable {
        /// The layer.
        public let layer: Layer
        /// The records that only the new file has.
        public internal(set) var added: [String] = []
        /// The records that differ.
        public internal(set) var changed: [String] = []
        /// The records that only the old file has.
        public internal(set) var deleted: [String] = []

        /// Whether nothing differs.
        public var isEmpty: Bool { added.isEmpty && changed.isEmpty && deleted.isEmpty }
    }

    /// The changes of every layer, in loading order.
    public let layers: [Changes]

    /// Compares two files; of each, one record at a time is in memory.
    ///
    /// - Throws: `StoreError` when a file cannot be read, else what SQLite throws.
    public init(from old: CityFile, to new: CityFile) throws {
        let (old, new) = (try old.openForReading(), try new.openForReading())
        layers = try old.read { before in
            try new.read { after in
                try Layer.allCases.map { try Self.changes(of: $0, before, after) }
            }
        }
    }

    // Both sides come in the order of the bytes of their keys.
    private static func changes(of layer: Layer, _ before: Database, _ after: Database) throws -> Changes {
        var changes = Changes(layer: layer)
        let (old, new) = (try RecordCursor(before, layer), try RecordCursor(after, layer))
        var (left, right) = (try old.next(), try new.next())
        while left != nil || right != nil {
            guard let first = left else {
                if let second = right { changes.added.append(second.key) }
                right = try new.next()
                continue
            }
            guard let second = right, !first.key.utf8.lexicographicallyPrecedes(second.key.utf8) else {
                changes.deleted.append(first.key)
                left = try old.next()
                continue
            }
            if second.key == first.key {
                if first.fields != second.fields { changes.changed.append(first.key) }
                left = try old.next()
            } else {
                changes.added.append(second.key)
            }
            right = try new.next()
        }
        return changes
    }
}
