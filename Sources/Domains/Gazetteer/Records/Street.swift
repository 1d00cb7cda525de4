public import Geo

/// A street with its current and former names.
public struct Street: GazetteerRecord {
    /// The id of a street.
    public typealias ID = Identifier<Street>

    /// What kind of street it is.
    public enum Kind: String, Sendable, CaseIterable {
        /// көшесі, улица.
        case street
        /// даңғылы, проспект.
        case avenue
        /// бульвары, бульвар.
        case boulevard
        /// тұйық көшесі, переулок.
        case lane
        /// өткелі, проезд.
        case passage
        /// алаңы, площадь.
        case square
        /// тас жолы, шоссе or тракт.
        case road
        /// жағалауы, набережная.
        case embankment
        /// Anything else.
        case other
    }

    /// The id.
    public let id: ID
    /// What kind of street it is.
    public let kind: Kind
    /// Its name without the kind's word: "Абай", "Абая", "Abaya".
    public let names: Names
    /// Former names.
    public let oldNames: [String]
    /// Other spellings seen in sources.
    public let variants: [String]
    /// A point on or near it.
    public let position: Coordinate?
    /// How precisely the point is known.
    public let precision: Precision
    /// The source of the record.
    public let provenance: Provenance

    /// The layer.
    public static let layer = Layer.streets
    /// The columns a file must have.
    public static let requiredColumns = ["id", "kind", "name_ru", "old_names"]
    /// The id.
    public var key: String { id.rawValue }

    /// Reads a street.
    public init(_ fields: Fields) throws(RecordError) {
        id = ID(try fields.required("id"))
        kind = try fields.choice("kind", or: .street)
        names = try fields.names()
        oldNames = fields.list("old_names")
        variants = fields.list("variants")
        position = try fields.position()
        precision = try fields.choice("precision", or: position == nil ? Precision.none : .approximate)
        provenance = try Provenance(fields)
    }

    /// The street as fields.
    public var fields: Fields {
        var fields = Fields(["id": id.rawValue, "kind": kind.rawValue, "precision": precision.rawValue])
        fields.write(names)
        fields.write(oldNames, to: "old_names")
        fields.write(variants, to: "variants")
        fields.write(position)
        provenance.write(to: &fields)
        return fields
    }
}
