import Foundation
import GRDB

/// All values of every table in `sqlite_master`, for tests that look for data that must not be there.
struct DatabaseCells {
    struct Cell {
        let table: String
        let column: String
        let bytes: Data
    }

    let cells: [Cell]
    let tables: [String]

    init(_ db: Database) throws {
        tables = try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'table'")
            // Virtual tables of SpatiaLite show data of other tables, or only provide functions.
            .filter { table in
                let sql = try String.fetchOne(
                    db,
                    sql: "SELECT sql FROM sqlite_master WHERE name = ?",
                    arguments: [table]
                )
                return sql?.uppercased().hasPrefix("CREATE VIRTUAL") == false
            }
        cells = try tables.flatMap { table in
            try Row.fetchAll(db, sql: "SELECT * FROM \"\(table)\"").flatMap { row in
                row.compactMap { column, value -> Cell? in
                    switch value.storage {
                    case .string(let text): Cell(table: table, column: column, bytes: Data(text.utf8))
                    case .blob(let bytes): Cell(table: table, column: column, bytes: bytes)
                    case .int64(let number): Cell(table: table, column: column, bytes: Data(String(number).utf8))
                    case .null, .double: nil
                    }
                }
            }
        }
    }

    /// The columns in which a text occurs, ignoring case, as `table.column`.
    func places(of text: String) -> Set<String> {
        let forms = [text, text.lowercased(), text.uppercased()].map { Data($0.utf8) }
        return places { cell in forms.contains { cell.range(of: $0) != nil } }
    }

    /// The columns in which bytes occur.
    func places(of bytes: Data) -> Set<String> { places { $0.range(of: bytes) != nil } }

    private func places(where holds: (Data) -> Bool) -> Set<String> {
        Set(cells.filter { holds($0.bytes) }.map { "\($0.table).\($0.column)" })
    }
}
