public import Geo

/// A stop of public transport.
public struct Stop: GazetteerRecord {
    /// The id of a stop.
    public typealias ID = Identifier<Stop>

    /// The id.
    public let id: ID
    /// Its name.
    public let names: Names
    /// The district stated by the record.
    public let district: District.ID?
    /// Its position.
    public let position: Coordinate
    /// The source of the record.
    public let provenance: Provenance

    /// The layer.
    public static let layer = Layer.stops
    /// The columns a file must have.
    public static let requiredColumns = ["id", "name_ru", "district", "lon", "lat"]
    /// The id.
    public var key: String { id.rawValue }

    /// Reads a stop.
    public init(_ fields: Fields) throws(RecordError) {
        id = ID(try fields.required("id"))
        names = try fields.names()
        district = fields.text("district").map { .init($0) }
        guard let position = try fields.position() else { throw .missing(field: "lon, lat") }
        self.position = position
        provenance = try Provenance(fields)
    }

    /// The stop as fields.
    public var fields: Fields {
        var fields = Fields(["id": id.rawValue])
        fields["district"] = district?.rawValue
        fields.write(names)
        fields.write(position)
        provenance.write(to: &fields)
        return fields
    }
}
