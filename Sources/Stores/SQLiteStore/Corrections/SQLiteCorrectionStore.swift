import Civic
import Foundation
public import GRDB
public import Gazetteer

/// The corrections in the portal database.
public struct SQLiteCorrectionStore: CorrectionStore {
    private let reader: any DatabaseReader
    private let writer: (any DatabaseWriter)?

    /// Wraps a database that `PortalDatabase` opened.
    public init(_ database: any DatabaseWriter) { (reader, writer) = (database, database) }

    /// Wraps a database that is only read; corrections cannot be made in it.
    public init(reading database: any DatabaseReader) { (reader, writer) = (database, nil) }

    /// Reads the corrections in force.
    public func correctionsInForce() async throws -> [FieldCorrection] {
        try await reader.read { db in
            try CorrectionRow.fetchAll(
                db,
                sql: "SELECT \(CorrectionRow.list) FROM correction WHERE ended IS NULL ORDER BY id"
            )
            .map { try $0.correction }
        }
    }

    /// Reads the history of a record.
    public func corrections(of key: String, in layer: Layer) async throws -> [FieldCorrection] {
        try await reader.read { db in
            try CorrectionRow.fetchAll(
                db,
                sql: """
                    SELECT \(CorrectionRow.list) FROM correction
                    WHERE layer = :layer AND record = :record ORDER BY id DESC
                    """,
                arguments: ["layer": layer.rawValue, "record": key]
            )
            .map { try $0.correction }
        }
    }

    /// Counts what was made and what was ended; rows are never deleted.
    public func correctionsVersion() async throws -> Int {
        try await reader.read { db in
            try Int.fetchOne(
                db,
                sql: """
                    SELECT coalesce((SELECT max(id) FROM correction), 0)
                        + (SELECT count(*) FROM correction WHERE ended IS NOT NULL)
                    """
            ) ?? 0
        }
    }

    /// Makes a correction.
    public func add(_ correction: NewCorrection) async throws -> Int64 {
        let subject = correction.subject
        return try await change { db in
            try db.execute(
                sql: """
                    UPDATE correction SET ended = :time, ended_by = :author
                    WHERE layer = :layer AND record = :record AND field = :field AND ended IS NULL
                    """,
                arguments: [
                    "time": correction.time.stamp, "author": correction.author.rawValue,
                    "layer": subject.layer.rawValue,
                    "record": subject.key, "field": subject.field,
                ]
            )
            let id = try Int64.fetchOne(
                db,
                sql: """
                    INSERT INTO correction (layer, record, field, value, base, author, reason, made)
                    VALUES (:layer, :record, :field, :value, :base, :author, :reason, :made) RETURNING id
                    """,
                arguments: [
                    "layer": subject.layer.rawValue, "record": subject.key, "field": subject.field,
                    "value": correction.value, "base": correction.base, "author": correction.author.rawValue,
                    "reason": correction.reason, "made": correction.time.stamp,
                ]
            )
            guard let id else { throw StoreError.noAnswer }
            return id
        }
    }

    /// Ends a correction.
    public func withdraw(_ id: Int64, _ end: FieldCorrection.End) async throws -> Bool {
        try await change { db in
            try db.execute(
                sql: "UPDATE correction SET ended = :time, ended_by = :author WHERE id = :id AND ended IS NULL",
                arguments: ["time": end.time.stamp, "author": end.author.rawValue, "id": id]
            )
            return db.changesCount == 1
        }
    }

    private func change<Value: Sendable>(
        _ updates: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        guard let writer else { throw StoreError.readOnly }
        return try await writer.change(updates)
    }
}

/// A row of the table of corrections.
private struct CorrectionRow: TableRow {
    static let table = "correction"

    let id: Int64
    let layer: String
    let record: String
    let field: String
    let value: String?
    let base: String?
    let author: PersonID
    let reason: String
    let made: Date
    let ended: Date?
    let endedBy: PersonID?

    static let list = "id, layer, record, field, value, base, author, reason, made, ended, ended_by"

    var correction: FieldCorrection {
        get throws {
            let end = ended.flatMap { time in endedBy.map { FieldCorrection.End(time: time, author: $0) } }
            return FieldCorrection(
                id: id,
                subject: .init(
                    layer: try Self.required("layer", id, Layer(rawValue: layer)),
                    key: record,
                    field: field
                ),
                value: value,
                base: base,
                author: author,
                reason: reason,
                time: made,
                end: end
            )
        }
    }
}
