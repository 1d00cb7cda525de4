public import GRDB
public import Gazetteer

/// The gazetteer in a SpatiaLite database.
public struct SpatiaLiteGazetteerStore: GazetteerStore {
    private let database: any DatabaseWriter

    /// Wraps a database that `SpatialDatabase` opened.
    public init(_ database: any DatabaseWriter) { self.database = database }

    /// Reads everything, in one consistent read.
    public func contents() async throws -> GazetteerContents {
        try await database.read { db in
            var contents = GazetteerContents()
            contents.categories = try records(db)
            contents.districts = try records(db)
            contents.authorities = try records(db)
            contents.microdistricts = try records(db)
            contents.streets = try records(db)
            contents.addresses = try records(db)
            contents.organizations = try records(db)
            contents.stops = try records(db)
            contents.blocks = try records(db)
            contents.streetLines = try records(db)
            contents.crossings = try records(db)
            contents.houseRanges = try records(db)
            contents.districts.sort { $0.number < $1.number }
            return contents
        }
    }

    /// The number of writes to the gazetteer so far.
    public func version() async throws -> Int {
        try await database.read { db in
            try Int.fetchOne(db, sql: "SELECT version FROM gazetteerState") ?? 0
        }
    }

    /// Writes records in one transaction.
    public func apply(_ changes: GazetteerChanges, report: ImportReport) async throws {
        try await database.write { db in
            var statements: [Layer: Statement] = [:]
            for record in changes.records {
                let layer = type(of: record).layer
                let table = GazetteerTable(layer)
                let statement = try statements[layer] ?? db.makeStatement(sql: table.upsert)
                statements[layer] = statement
                try statement.execute(arguments: table.arguments(record.fields))
            }
            if !changes.isEmpty { try db.execute(sql: "UPDATE gazetteerState SET version = version + 1") }
            try keep(report, db)
        }
    }

    private func records<Record: GazetteerRecord>(_ db: Database) throws -> [Record] {
        let table = GazetteerTable(Record.layer)
        var records: [Record] = []
        let rows = try Row.fetchCursor(db, sql: table.selection)
        while let row = try rows.next() {
            let fields = try table.fields(row)
            do {
                records.append(try Record(fields))
            } catch {
                throw StoreError.malformedRecord(
                    table: table.name,
                    id: fields[table.keyColumn] ?? "?",
                    reason: "\(error)"
                )
            }
        }
        return records
    }

    private func keep(_ report: ImportReport, _ db: Database) throws {
        for file in report.files {
            try db.execute(
                sql: """
                    INSERT INTO importRun (file, layer, taken, changed, unchanged, refused) VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    file.file, file.layer.rawValue, file.taken, file.changed, file.unchanged, file.refused,
                ]
            )
            let run = db.lastInsertedRowID
            for refusal in report.refusals where refusal.file == file.file {
                try db.execute(
                    sql: "INSERT INTO importRefusal (importRun, line, record, reason) VALUES (?, ?, ?, ?)",
                    arguments: [run, refusal.line, refusal.record, refusal.reason]
                )
            }
        }
    }
}
