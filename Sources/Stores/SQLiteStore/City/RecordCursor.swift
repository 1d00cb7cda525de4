import GRDB
import Gazetteer

/// The records of a layer in the order of their keys, read one at a time.
struct RecordCursor {
    private let table: GazetteerTable
    private let kind: any GazetteerRecord.Type
    private let rows: RowCursor

    init(_ db: Database, _ layer: Layer) throws {
        table = GazetteerTable(layer)
        kind = layer.kind
        rows = try Row.fetchCursor(db, sql: table.selection)
    }

    /// The record of one key, if there is one.
    init(_ db: Database, _ layer: Layer, key: String) throws {
        table = GazetteerTable(layer)
        kind = layer.kind
        rows = try Row.fetchCursor(db, sql: table.selectionOfOne, arguments: ["key": key])
    }

    /// The next record, nil at the end.
    ///
    /// - Throws: `StoreError.malformedRecord` or `.malformedGeometry`.
    func next() throws -> (any GazetteerRecord)? {
        guard let row = try rows.next() else { return nil }
        let fields = try table.fields(row)
        do {
            return try kind.init(fields)
        } catch {
            throw StoreError.malformedRecord(
                table: table.name,
                id: fields[table.keyColumn] ?? "?",
                reason: "\(error)"
            )
        }
    }

    func visit(_ body: (any GazetteerRecord) throws -> Void) throws {
        while let record = try next() { try body(record) }
    }

    /// All records, for layers of which there are few.
    func all<Record: GazetteerRecord>() throws -> [Record] {
        var records: [Record] = []
        try visit { record in
            if let record = record as? Record { records.append(record) }
        }
        return records
    }
}
