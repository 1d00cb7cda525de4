import Foundation
import GRDB
import Gazetteer

/// A new city file while it is filled.
final class SQLiteCityDraft: CityDraft {
    private let db: Database
    private var isChanged = false

    /// - Parameter db: within a transaction.
    init(_ db: Database) throws {
        self.db = db
        // The lines of records, for finding those that a file has twice; SQLite moves what does not fit into its cache to a
        // temporary file.
        try db.execute(
            sql: """
                CREATE TEMP TABLE met_record (
                    file INTEGER NOT NULL, key TEXT NOT NULL, line INTEGER NOT NULL, PRIMARY KEY (file, key)
                ) WITHOUT ROWID
                """
        )
    }

    func districts() throws -> [District] { try RecordCursor(db, .districts).all() }

    func categories() throws -> [Gazetteer.Category] { try RecordCursor(db, .categories).all() }

    func fields(of key: String, in layer: Layer) throws -> Fields? {
        let table = GazetteerTable(layer)
        let statement = try db.cachedStatement(sql: table.selectionOfOne)
        return try Row.fetchOne(statement, arguments: ["key": key]).map(table.fields)
    }

    func contains(_ key: String, in layer: Layer) throws -> Bool {
        let table = GazetteerTable(layer)
        let statement = try db.cachedStatement(
            sql: "SELECT EXISTS (SELECT 1 FROM \(table.name) WHERE \(table.keyColumn) = :key)"
        )
        return try Bool.fetchOne(statement, arguments: ["key": key]) ?? false
    }

    func write(_ record: any GazetteerRecord) throws {
        let table = GazetteerTable(type(of: record).layer)
        try db.cachedStatement(sql: table.upsert).execute(arguments: table.arguments(record.fields))
        isChanged = true
    }

    func delete(_ key: String, in layer: Layer) throws {
        let table = GazetteerTable(layer)
        try db.execute(sql: "DELETE FROM \(table.name) WHERE \(table.keyColumn) = :key", arguments: ["key": key])
        if db.changesCount > 0 { isChanged = true }
    }

    func referrer(to key: String, in layer: Layer) throws -> (layer: Layer, key: String)? {
        for other in Layer.allCases {
            let table = GazetteerTable(other)
            for (column, target) in other.references where target == layer {
                let found = try String.fetchOne(
                    db,
                    sql: "SELECT \(table.keyColumn) FROM \(table.name) WHERE \(column) = :key LIMIT 1",
                    arguments: ["key": key]
                )
                if let found { return (other, found) }
            }
        }
        return nil
    }

    func meet(_ key: String, file: Int, line: Int) throws -> Int? {
        let arguments: StatementArguments = ["file": file, "key": key, "line": line]
        let insertion = try db.cachedStatement(
            sql: """
                INSERT INTO met_record (file, key, line) VALUES (:file, :key, :line) ON CONFLICT (file, key) DO NOTHING
                """
        )
        try insertion.execute(arguments: arguments)
        guard db.changesCount == 0 else { return nil }
        return try Int.fetchOne(
            db,
            sql: "SELECT line FROM met_record WHERE file = :file AND key = :key",
            arguments: ["file": file, "key": key]
        )
    }

    /// Stores the report, and gives the file another version if a record differs.
    func finish(_ report: ImportReport) throws {
        try db.execute(sql: "DROP TABLE temp.met_record")
        let now = Date.now.stamp
        for file in report.files { try keep(file, of: report, at: now) }
        guard isChanged else { return }
        // Later than the version it replaces, also when the clock was set back.
        try db.execute(
            sql: "UPDATE city_state SET version = CASE WHEN version < :now THEN :now ELSE version + 1 END",
            arguments: ["now": now]
        )
    }

    private func keep(_ file: ImportReport.FileCounts, of report: ImportReport, at time: Int64) throws {
        let run = try Int64.fetchOne(
            db,
            sql: """
                INSERT INTO import_run (finished, file, layer, taken, changed, unchanged, refused, deleted)
                VALUES (:finished, :file, :layer, :taken, :changed, :unchanged, :refused, :deleted) RETURNING id
                """,
            arguments: [
                "finished": time, "file": file.file, "layer": file.layer.rawValue, "taken": file.taken,
                "changed": file.changed, "unchanged": file.unchanged, "refused": file.refused, "deleted": file.deleted,
            ]
        )
        for refusal in report.refusals where refusal.file == file.file {
            try db.execute(
                sql: """
                    INSERT INTO import_refusal (import_run, line, record, reason)
                    VALUES (:run, :line, :record, :reason)
                    """,
                arguments: [
                    "run": run, "line": refusal.line, "record": refusal.record, "reason": refusal.reason,
                ]
            )
        }
    }
}
