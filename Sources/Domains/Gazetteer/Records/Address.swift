public import Geo

/// A house of a street or microdistrict, with its position.
public struct Address: GazetteerRecord {
    /// The id of an address.
    public typealias ID = Identifier<Address>

    /// The id.
    public let id: ID
    /// The street whose numbering it belongs to, if any.
    public let street: Street.ID?
    /// The microdistrict whose numbering it belongs to or in which it lies, if any.
    public let microdistrict: Microdistrict.ID?
    /// The house as written on its plate: `52`, `48А`, `107/5`.
    public let house: String
    /// The other street of a corner house.
    public let cornerStreet: Street.ID?
    /// Its position.
    public let position: Coordinate
    /// How precisely the position is known.
    public let precision: Precision
    /// The district stated by the record; the borders take precedence.
    public let district: District.ID?
    /// The source of the record.
    public let provenance: Provenance

    /// The layer.
    public static let layer = Layer.addresses
    /// The columns a file must have.
    public static let requiredColumns = ["id", "street_id", "microdistrict_id", "house", "lon", "lat"]
    /// The id.
    public var key: String { id.rawValue }

    /// Reads an address.
    public init(_ fields: Fields) throws(RecordError) {
        id = ID(try fields.required("id"))
        street = fields.text("street_id").map { .init($0) }
        microdistrict = fields.text("microdistrict_id").map { .init($0) }
        guard street != nil || microdistrict != nil else { throw .missing(field: "street_id or microdistrict_id") }
        house = try fields.required("house")
        cornerStreet = fields.text("corner_street_id").map { .init($0) }
        guard let position = try fields.position() else { throw .missing(field: "lon, lat") }
        self.position = position
        precision = try fields.choice("precision", or: .exact)
        district = fields.text("district").map { .init($0) }
        provenance = try Provenance(fields)
    }

    /// The address as fields.
    public var fields: Fields {
        var fields = Fields(["id": id.rawValue, "house": house, "precision": precision.rawValue])
        fields["street_id"] = street?.rawValue
        fields["microdistrict_id"] = microdistrict?.rawValue
        fields["corner_street_id"] = cornerStreet?.rawValue
        fields["district"] = district?.rawValue
        fields.write(position)
        provenance.write(to: &fields)
        return fields
    }
}
