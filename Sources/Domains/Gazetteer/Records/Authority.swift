/// The body responsible for a district, or for the whole city.
public struct Authority: GazetteerRecord {
    /// The id of an authority.
    public typealias ID = Identifier<Authority>

    /// The id.
    public let id: ID
    /// The district it is responsible for; nil for the akimat of the city.
    public let district: District.ID?
    /// Its full name.
    public let names: Names
    /// Its record in the directory, when it has one.
    public let organization: Organization.ID?
    /// Its address as published.
    public let address: String?
    /// Phones in E.164 or short numbers.
    public let phones: [String]
    /// Its website.
    public let website: String?
    /// The source of the record.
    public let provenance: Provenance

    /// The layer.
    public static let layer = Layer.authorities
    /// The columns a file must have.
    public static let requiredColumns = ["id", "district", "organization_id"]
    /// The id.
    public var key: String { id.rawValue }

    /// Reads an authority.
    public init(_ fields: Fields) throws(RecordError) {
        id = ID(try fields.required("id"))
        district = fields.text("district").map { .init($0) }
        names = try fields.names()
        organization = fields.text("organization_id").map { .init($0) }
        address = fields.text("address_ru")
        phones = fields.list("phones")
        website = try fields.website()
        provenance = try Provenance(fields)
    }

    /// The authority as fields.
    public var fields: Fields {
        var fields = Fields(["id": id.rawValue])
        fields["district"] = district?.rawValue
        fields["organization_id"] = organization?.rawValue
        fields["address_ru"] = address
        fields["website"] = website
        fields.write(names)
        fields.write(phones, to: "phones")
        provenance.write(to: &fields)
        return fields
    }
}
