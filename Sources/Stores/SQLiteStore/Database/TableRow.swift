import Foundation
import GRDB

/// A row as a query returns it: properties are named as its columns, in camelCase, and times are dates.
protocol TableRow: Decodable, FetchableRecord, Sendable {
    /// The table, for errors.
    static var table: String { get }
}

extension TableRow {
    static var databaseColumnDecodingStrategy: DatabaseColumnDecodingStrategy { .convertFromSnakeCase }

    static func databaseDateDecodingStrategy(for column: String) -> DatabaseDateDecodingStrategy {
        .millisecondsSince1970
    }

    /// A value that was read from a column.
    ///
    /// - Parameters:
    ///   - id: what names the row in the error.
    ///   - value: nil when the column does not hold such a value.
    /// - Throws: `StoreError.malformedRecord`, which names the column but never its content.
    static func required<Value>(_ column: String, _ id: some CustomStringConvertible, _ value: Value?) throws -> Value {
        guard let value else {
            throw StoreError.malformedRecord(table: table, id: id.description, reason: "\(column) cannot be read")
        }
        return value
    }
}
