public import Gazetteer

/// A city in memory, for tools that read files without a database.
public final class MemoryDraft: CityDraft {
    /// The records that were written, in their order; one that was replaced is in it twice.
    public private(set) var written: [any GazetteerRecord] = []

    private var records: [Layer: [String: any GazetteerRecord]] = [:]
    private var lines: [Int: [String: Int]] = [:]

    /// Starts with records.
    public init(_ contents: GazetteerContents = GazetteerContents()) {
        for record in contents.records { remember(record) }
    }

    /// The districts, in no particular order.
    public func districts() -> [District] {
        records[.districts, default: [:]].values.compactMap { $0 as? District }
    }

    /// The categories, in no particular order.
    public func categories() -> [Category] {
        records[.categories, default: [:]].values.compactMap { $0 as? Category }
    }

    /// The fields of a record.
    public func fields(of key: String, in layer: Layer) -> Fields? { records[layer]?[key]?.fields }

    /// Whether there is a record.
    public func contains(_ key: String, in layer: Layer) -> Bool { records[layer]?[key] != nil }

    /// Adds or replaces a record.
    public func write(_ record: any GazetteerRecord) {
        remember(record)
        written.append(record)
    }

    /// Deletes a record.
    public func delete(_ key: String, in layer: Layer) { records[layer]?[key] = nil }

    /// A record that refers to another one.
    public func referrer(to key: String, in layer: Layer) -> (layer: Layer, key: String)? {
        for other in Layer.allCases {
            for (column, target) in other.references where target == layer {
                let found = records[other]?.values.first { $0.fields.text(column) == key }
                if let found { return (other, found.key) }
            }
        }
        return nil
    }

    /// Remembers the line of a record.
    public func meet(_ key: String, file: Int, line: Int) -> Int? {
        if let first = lines[file]?[key] { return first }
        lines[file, default: [:]][key] = line
        return nil
    }

    private func remember(_ record: any GazetteerRecord) {
        records[type(of: record).layer, default: [:]][record.key] = record
    }
}
