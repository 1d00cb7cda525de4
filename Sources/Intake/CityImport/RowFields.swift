import Foundation
import Gazetteer
import Geo

/// One row of a file as fields, with facts about it that fields cannot express.
struct RowFields {
    /// The texts and the shape.
    let fields: Fields
    /// The properties that the feature has, including those that are null; `geometry` stands for the shape.
    let columns: Set<String>
    /// The properties whose values are neither text nor numbers, with a description of what they are.
    let unreadable: [String: String]

    /// Reads a feature.
    ///
    /// - Throws: `GeoJSONReader.Fault` when it is not a Feature, or its geometry is not valid.
    init(_ data: Data) throws(GeoJSONReader.Fault) {
        guard let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
            throw .init(reason: "the feature is not valid JSON")
        }
        guard object["type"] as? String == "Feature" else { throw .init(reason: "the “type” is not Feature") }
        if let name = JSONScanner.repeatedName(in: data) { throw .init(reason: "“\(name)” occurs twice") }
        var values: [String: String] = [:]
        var unreadable: [String: String] = [:]
        var columns: Set<String> = []
        for (name, value) in try Self.properties(object["properties"]) {
            columns.insert(name)
            switch Self.text(value) {
            case .text(let text): values[name] = text
            case .nothing: break
            case .other(let kind): unreadable[name] = kind
            }
        }
        if values["id"] == nil, case .text(let id) = Self.text(object["id"] ?? NSNull()) {
            values["id"] = id
            columns.insert("id")
        }
        let shape = try GeoJSONGeometry.shape(object["geometry"])
        if object["geometry"] != nil { columns.insert("geometry") }
        fields = Fields(values, shape: shape)
        self.columns = columns
        self.unreadable = unreadable
    }

    /// The fields of a row of CSV, whose cells are all texts.
    init(_ names: [String], _ values: [String]) {
        fields = Fields(Dictionary(zip(names, values), uniquingKeysWith: { first, _ in first }))
        columns = Set(names)
        unreadable = [:]
    }

    /// The row completed with the known values of the columns that the file does not have.
    ///
    /// For example, a file without a column for opening hours keeps the known hours. The provenance always comes from
    /// the file.
    func completed(from known: Fields, fileColumns: Set<String>) -> Fields {
        var fields = fields
        for (column, value) in known.values where !fileColumns.contains(column) && !Self.provenance.contains(column) {
            fields.keep(value, in: column)
        }
        if fileColumns.isDisjoint(with: Self.position) {
            fields.shape = known.shape
        } else if !fileColumns.contains("precision") {
            // The precision of the old position does not apply to the new one.
            fields["precision"] = nil
        }
        return fields
    }

    private static let position: Set<String> = ["geometry", "lon", "lat"]

    private static let provenance: Set<String> = ["source", "date", "confidence"]

    private static func properties(_ value: Any?) throws(GeoJSONReader.Fault) -> [String: Any] {
        switch value {
        case nil, is NSNull: return [:]
        case let properties as [String: Any]: return properties
        default: throw .init(reason: "the “properties” are no object")
        }
    }

    private enum Value {
        case text(String)
        case nothing
        case other(String)
    }

    private static func text(_ value: Any) -> Value {
        switch value {
        case let text as String: return .text(text)
        case let list as [Any]:
            var texts: [String] = []
            for item in list {
                switch text(item) {
                case .text(let text): texts.append(text)
                case .nothing: break
                case .other: return .other("a list of something else than texts")
                }
            }
            return .text(texts.joined(separator: ";"))
        case let number as NSNumber: return number.isBoolean ? .other("true or false") : .text(number.stringValue)
        case is NSNull: return .nothing
        default: return .other("an object")
        }
    }
}

extension NSNumber {
    /// Whether it was `true` or `false` in JSON.
    var isBoolean: Bool { self === NSNumber(value: true) || self === NSNumber(value: false) || "cB".contains(type) }

    private var type: Character { Character(Unicode.Scalar(UInt8(bitPattern: objCType.pointee))) }
}
