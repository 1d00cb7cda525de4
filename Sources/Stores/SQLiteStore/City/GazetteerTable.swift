import Foundation
import GRDB
import Gazetteer

/// The table of a layer, with columns named as in the records.
struct GazetteerTable: Sendable {
    let name: String
    let keyColumn: String
    let columns: [String]
    let hasGeometry: Bool

    private static let names = ["name_kk", "name_ru", "name_en"]
    private static let provenance = ["source", "date", "confidence"]
    private static let reals: Set<String> = [
        "width_m", "length_m", "precision_m", "first_lon", "first_lat", "last_lon", "last_lat",
    ]

    init(_ layer: Layer) {
        keyColumn = layer.keyColumn
        hasGeometry = ![.categories, .authorities, .houseRanges].contains(layer)
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
        case .streetLines:
            name = "street_line"
            columns =
                ["id", "street_id", "kind"] + Self.names + ["rank", "width_m", "length_m", "precision_m", "blocks"]
                + Self.provenance
        case .crossings:
            name = "crossing"
            columns = ["id", "street_a", "street_b", "precision_m"] + Self.provenance
        case .houseRanges:
            name = "house_range"
            columns =
                [
                    "id", "street_id", "side", "parity", "first", "last", "houses", "first_lon", "first_lat",
                    "last_lon", "last_lat", "precision_m",
                ] + Self.provenance
        }
    }

    /// Every record, in the order of the bytes of the keys.
    var selection: String { "\(columnsOfAll) ORDER BY \(keyColumn)" }

    /// The record whose key is the parameter `:key`.
    var selectionOfOne: String { "\(columnsOfAll) WHERE \(keyColumn) = :key" }

    private var columnsOfAll: String {
        let shape = hasGeometry ? ", AsBinary(geom)" : ""
        return "SELECT \(columns.joined(separator: ", "))\(shape) FROM \(name)"
    }

    /// Adds a record or replaces the one of the same key; its parameters are named as the columns.
    var upsert: String {
        let all = columns + (hasGeometry ? ["geom"] : [])
        let marks = columns.map { ":\($0)" } + (hasGeometry ? ["GeomFromWKB(:geom, 4326)"] : [])
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
            values[column] = Self.text(row[index])
        }
        guard hasGeometry, let data: Data = row[columns.count] else {
            return Fields(values, isStored: true)
        }
        guard let shape = WellKnownBinary.shape(data) else {
            throw StoreError.malformedGeometry(table: name, id: values[keyColumn] ?? "?")
        }
        return Fields(values, shape: shape, isStored: true)
    }

    private static func text(_ value: DatabaseValue) -> String? {
        switch value.storage {
        case .string(let text): text
        case .int64(let number): String(number)
        case .double(let number): String(number)
        case .null, .blob: nil
        }
    }

    func arguments(_ fields: Fields) -> StatementArguments {
        var values = columns.map { ($0, Self.value(fields, $0)) }
        if hasGeometry { values.append(("geom", fields.shape.map(WellKnownBinary.data))) }
        return StatementArguments(Dictionary(uniqueKeysWithValues: values))
    }

    private static func value(_ fields: Fields, _ column: String) -> (any DatabaseValueConvertible)? {
        // As a number, because SQLite would round a text in its own way.
        if reals.contains(column) { return fields.text(column).flatMap { Double($0) } }
        return fields.text(column)
    }
}
