public import Geo

/// One of the districts of the city, with its border.
public struct District: GazetteerRecord {
    /// The id of a district: its slug, such as `medeu`.
    public typealias ID = Identifier<District>

    /// The slug.
    public let id: ID
    /// The number in slug order, from 1; a point on a shared border belongs to the lower number.
    public let number: Int
    /// "Медеу ауданы", "Медеуский район", "Medeu District".
    public let names: Names
    /// Former names.
    public let oldNames: [String]
    /// Its area, with borders exactly shared with the neighbours; WGS 84 degrees.
    public let shape: MultiPolygon
    /// The source of the record.
    public let provenance: Provenance

    /// The layer.
    public static let layer = Layer.districts
    /// The columns a file must have.
    public static let requiredColumns = ["slug", "geometry"]
    /// The id.
    public var key: String { id.rawValue }

    /// Reads a district.
    public init(_ fields: Fields) throws(RecordError) {
        id = ID(try fields.required("slug"))
        guard let number = try fields.integer("id") else { throw .missing(field: "id") }
        self.number = number
        names = try fields.names()
        oldNames = fields.list("old_names")
        shape = try fields.area()
        provenance = try Provenance(fields)
    }

    /// The district as fields.
    public var fields: Fields {
        var fields = Fields(["slug": id.rawValue, "id": String(number)], shape: .area(shape))
        fields.write(names)
        fields.write(oldNames, to: "old_names")
        provenance.write(to: &fields)
        return fields
    }
}
