public import Geo

/// A microdistrict, village or garden society: a named part of a district without a surveyed border.
public struct Microdistrict: GazetteerRecord {
    /// The id of a microdistrict.
    public typealias ID = Identifier<Microdistrict>

    /// What kind of place it is.
    public enum Kind: String, Sendable, CaseIterable {
        /// ықшамауданы, микрорайон.
        case microdistrict
        /// ауылы, посёлок.
        case village
        /// бау-бақша серіктестігі, садоводческое товарищество.
        case gardenSociety = "garden_society"
        /// Anything else.
        case other
    }

    /// The id.
    public let id: ID
    /// What kind of place it is.
    public let kind: Kind
    /// Its name without the kind's word: "Самал-2".
    public let names: Names
    /// Other spellings seen in sources.
    public let variants: [String]
    /// The district it lies in, when known.
    public let district: District.ID?
    /// Its centre.
    public let position: Coordinate?
    /// How precisely the centre is known.
    public let precision: Precision
    /// The source of the record.
    public let provenance: Provenance

    /// The layer.
    public static let layer = Layer.microdistricts
    /// The columns a file must have.
    public static let requiredColumns = ["id", "kind", "name_ru", "variants", "district"]
    /// The id.
    public var key: String { id.rawValue }

    /// Reads a microdistrict.
    public init(_ fields: Fields) throws(RecordError) {
        id = ID(try fields.required("id"))
        kind = try fields.choice("kind", or: .microdistrict)
        names = try fields.names()
        variants = fields.list("variants")
        district = fields.text("district").map { .init($0) }
        position = try fields.position()
        precision = try fields.choice("precision", or: position == nil ? Precision.none : .approximate)
        provenance = try Provenance(fields)
    }

    /// The microdistrict as fields.
    public var fields: Fields {
        var fields = Fields(["id": id.rawValue, "kind": kind.rawValue, "precision": precision.rawValue])
        fields["district"] = district?.rawValue
        fields.write(names)
        fields.write(variants, to: "variants")
        fields.write(position)
        provenance.write(to: &fields)
        return fields
    }
}
