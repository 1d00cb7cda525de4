public import Geo

/// A city block: the land between streets.
public struct Block: GazetteerRecord {
    /// The id of a block.
    public typealias ID = Identifier<Block>

    /// The id.
    public let id: ID
    /// The district stated by the record.
    public let district: District.ID?
    /// The streets around it, as the source writes them.
    public let streets: [String]
    /// The number of people registered in it, when known.
    public let residents: Int?
    /// Its area.
    public let shape: MultiPolygon
    /// The source of the record.
    public let provenance: Provenance

    /// The layer.
    public static let layer = Layer.blocks
    /// The columns a file must have.
    public static let requiredColumns = ["id", "streets", "geometry"]
    /// The id.
    public var key: String { id.rawValue }

    /// Reads a block.
    public init(_ fields: Fields) throws(RecordError) {
        id = ID(try fields.required("id"))
        district = fields.text("district").map { .init($0) }
        streets = fields.list("streets")
        residents = try fields.integer("residents")
        shape = try fields.area()
        provenance = try Provenance(fields)
    }

    /// The block as fields.
    public var fields: Fields {
        var fields = Fields(["id": id.rawValue], shape: .area(shape))
        fields["district"] = district?.rawValue
        fields["residents"] = residents.map { String($0) }
        fields.write(streets, to: "streets")
        provenance.write(to: &fields)
        return fields
    }
}
