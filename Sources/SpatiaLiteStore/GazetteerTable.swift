import Foundation
import GRDB
import Gazetteer

/// The table of a layer: its columns as the records name them.
struct GazetteerTable: Sendable {
    let name: String
    let keyColumn: String
    let columns: [String]
    let hasGeometry: Bool

    private static let names = ["name_kk", "name_ru", "name_en"]
    private static let provenance = ["source", "date", "confidence"]

    init(_ layer: Layer) {
        keyColumn = layer == .districts ? "slug" : "id"
        hasGeometry = layer != .categories && layer != .authorities
        switch layer {
        case .categories:
            name = "category"
            columns =
                ["id", "parent"] + Self.names + [
                    "plural_kk", "plural_ru", "plural_en", "synonyms_kk", "synonyms_ru", "synonyms_en", "icon",
                    "position",
                ]
        case .districts:
            name = "district"
            columns = ["slug", "id"] + Self.names + ["old_names"] + Self.provenance
        case .authorities:
            name = "authority"
            columns =
                ["id", "district"] + Self.names + ["organization_id", "address_ru", "phones", "website"]
                + Self.provenance
        case .microdistricts:
            name = "microdistrict"
            columns = ["id", "kind"] + Self.names + ["variants", "district", "precision"] + Self.provenance
        case .streets:
            name = "street"
            columns = ["id", "kind"] + Self.names + ["old_names", "variants", "precision"] + Self.provenance
        case .addresses:
            name = "address"
            columns =
                ["id", "street_id", "microdistrict_id", "house", "corner_street_id", "district", "precision"]
                + Self.provenance
        case .organizations:
            name = "organization"
            columns =
                ["id", "category"] + Self.names + [
                    "street_id", "microdistrict_id", "house", "address_ru", "phones", "email", "website",
                    "opening_hours", "precision", "district", "note",
                ] + Self.provenance
        case .stops:
            name = "stop"
            columns = ["id"] + Self.names + ["district"] + Self.provenance
        case .blocks:
            name = "block"
            columns = ["id", "district", "streets", "residents"] + Self.provenance
        }
    }

    var selection: String {
        let shape = hasGeometry ? ", AsBinary(geom)" : ""
        return "SELECT \(columns.joined(separator: ", "))\(shape) FROM \(name) ORDER BY \(keyColumn)"
    }

    var upsert: String {
        let all = columns + (hasGeometry ? ["geom"] : [])
        let marks = columns.map { _ in "?" } + (hasGeometry ? ["GeomFromWKB(?, 4326)"] : [])
        let updates = all.filter { $0 != keyColumn }.map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
        return """
            INSERT INTO \(name) (\(all.joined(separator: ", "))) VALUES (\(marks.joined(separator: ", "))) \
            ON CONFLICT(\(keyColumn)) DO UPDATE SET \(updates)
            """
    }

    func fields(_ row: Row) throws -> Fields {
        var values: [String: String] = [:]
        values.reserveCapacity(columns.count)
        for (index, column) in columns.enumerated() {
            if let text = String.fromDatabaseValue(row[index] as DatabaseValue) {
                values[column] = text
            } else if let number = Int.fromDatabaseValue(row[index] as DatabaseValue) {
                values[column] = String(number)
            }
        }
        guard hasGeometry, let data: Data = row[columns.count] else { return Fields(values) }
        guard let shape = WellKnownBinary.shape(data) else {
            throw StoreError.malformedGeometry(table: name, id: values[keyColumn] ?? "?")
        }
        return Fields(values, shape: shape)
    }

    func arguments(_ fields: Fields) -> StatementArguments {
        var values: [(any DatabaseValueConvertible)?] = columns.map { fields.text($0) }
        if hasGeometry { values.append(fields.shape.map(WellKnownBinary.data)) }
        return StatementArguments(values)
    }
}
