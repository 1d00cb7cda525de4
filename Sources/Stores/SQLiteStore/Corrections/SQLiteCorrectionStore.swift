public import Civic
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
            .map(\.correction)
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
            .map(\.correction)
        }
    }

    /// Reads what a person corrected.
    public func corrections(by author: PersonID) async throws -> [FieldCorrection] {
        try await reader.read { db in
            try CorrectionRow.fetchAll(
                db,
                sql: "SELECT \(CorrectionRow.list) FROM correction WHERE author = :author ORDER BY id DESC",
                arguments: ["author": author.rawValue]
            )
            .map(\.correction)
        }
    }

    /// Adds up numbers that only grow: of the corrections made and ended, and the latest times of both.
    ///
    /// The times distinguish corrections made after an older database was restored from those made before, which may be equally many.
    public func correctionsVersion() async throws -> Int {
        try await reader.read { db in
            try Int.fetchOne(
                db,
                sql: """
                    SELECT coalesce((SELECT max(id) + max(made) FROM correction), 0)
                        + (SELECT count(*) + coalesce(max(ended), 0) FROM correction WHERE ended IS NOT NULL)
                    """
            ) ?? 0
        }
    }

    /// Makes corrections.
    public func add(_ corrections: [NewCorrection], with effects: SideEffects) async throws -> [Int64] {
        for correction in corrections where correction.reason.allSatisfy(\.isWhitespace) {
            throw RecordError.missing(field: "reason")
        }
        return try await change { db in
            let ids = try corrections.map { try Self.insert($0, db) }
            try effects.write(db)
            return ids
        }
    }

    private static func insert(_ correction: NewCorrection, _ db: Database) throws -> Int64 {
        let subject = correction.subject
        try db.execute(
            sql: """
                UPDATE correction SET ended = :time, ended_by = :author
                WHERE layer = :layer AND record = :record AND field = :field AND ended IS NULL
                """,
            arguments: [
                "time": correction.time.stamp, "author": correction.author.rawValue, "layer": subject.layerName,
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
                "layer": subject.layerName, "record": subject.key, "field": subject.field,
                "value": correction.value, "base": correction.base, "author": correction.author.rawValue,
                "reason": correction.reason, "made": correction.time.stamp,
            ]
        )
        guard let id else { throw StoreError.noAnswer }
        return id
    }

    /// Ends a correction.
    public func withdraw(_ id: Int64, _ end: FieldCorrection.End, with effects: SideEffects) async throws -> Bool {
        try await change { db in
            try db.execute(
                sql: "UPDATE correction SET ended = :time, ended_by = :author WHERE id = :id AND ended IS NULL",
                arguments: ["time": end.time.stamp, "author": end.author.rawValue, "id": id]
            )
            guard db.changesCount == 1 else { return false }
            try effects.write(db)
            return true
        }
    }

    private func change<Value: Sendable>(
        _ updates: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        guard let writer else { throw StoreError.readOnly }
        return try await writer.transact(updates)
    }
}

extension SQLiteCorrectionStore: DatabaseErasure {
    /// Blanks the reasons that a person wrote; the corrections themselves stay in force.
    public func erase(_ person: PersonID, in db: Database) throws {
        try db.execute(
            sql: "UPDATE correction SET reason = '' WHERE author = :author",
            arguments: ["author": person.rawValue]
        )
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

    /// A layer that this version does not know is kept by its name, so that one such row does not hide all others.
    var correction: FieldCorrection {
        FieldCorrection(
            id: id,
            subject: .init(layerName: layer, key: record, field: field),
            value: value,
            base: base,
            author: author,
            reason: reason,
            time: made,
            end: ended.flatMap { time in endedBy.map { FieldCorrection.End(time: time, author: $0) } }
        )
    }
}
