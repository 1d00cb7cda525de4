import Foundation

/// Values of the domain as JSON texts in columns.
enum AppealJSON {
    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// Reads a column.
    ///
    /// - Throws: `StoreError.malformedRecord`, which names the column but never its content.
    static func value<Value: Decodable>(
        _ type: Value.Type,
        _ text: String,
        _ column: String,
        of id: Int64,
        in table: String = "appeal"
    ) throws -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(text.utf8))
        } catch {
            throw StoreError.malformedRecord(table: table, id: "\(id)", reason: "\(column) cannot be read")
        }
    }
}
