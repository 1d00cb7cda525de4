public import Geo

/// An institution or place of the directory.
public struct Organization: GazetteerRecord {
    /// The id of an organization.
    public typealias ID = Identifier<Organization>

    /// The id.
    public let id: ID
    /// The leaf of the category tree it belongs to.
    public let category: Category.ID
    /// Its name.
    public let names: Names
    /// The street of its address, if known.
    public let street: Street.ID?
    /// The microdistrict of its address, if known.
    public let microdistrict: Microdistrict.ID?
    /// The house of its address, if known.
    public let house: String?
    /// The address as published, in Russian.
    public let addressText: String?
    /// Phones in E.164 or short numbers.
    public let phones: [String]
    /// Its e-mail.
    public let email: String?
    /// Its website.
    public let website: String?
    /// Opening hours in the syntax of OpenStreetMap.
    public let openingHours: String?
    /// Its position, if known.
    public let position: Coordinate?
    /// How precisely the position is known.
    public let precision: Precision
    /// The district of its position, or else the one stated by the source.
    public private(set) var district: District.ID?
    /// The source of the record.
    public let provenance: Provenance
    /// A remark for editors.
    public let note: String?

    /// The layer.
    public static let layer = Layer.organizations
    /// The columns a file must have.
    public static let requiredColumns = ["id", "category", "name_ru"]
    /// The id.
    public var key: String { id.rawValue }

    /// Reads an organization.
    public init(_ fields: Fields) throws(RecordError) {
        id = ID(try fields.required("id"))
        category = .init(try fields.required("category"))
        names = try fields.names()
        street = fields.text("street_id").map { .init($0) }
        microdistrict = fields.text("microdistrict_id").map { .init($0) }
        house = fields.text("house")
        addressText = fields.text("address_ru")
        phones = fields.list("phones")
        email = fields.text("email")
        website = try fields.website()
        openingHours = try Self.openingHours(fields)
        position = try fields.position()
        precision = try fields.choice("precision", or: position == nil ? Precision.none : .uncertain)
        district = fields.text("district").map { .init($0) }
        provenance = try Provenance(fields)
        note = fields.text("note")
    }

    /// The organization as fields.
    public var fields: Fields {
        var fields = Fields([
            "id": id.rawValue, "category": category.rawValue, "precision": precision.rawValue,
        ])
        fields["street_id"] = street?.rawValue
        fields["microdistrict_id"] = microdistrict?.rawValue
        fields["house"] = house
        fields["address_ru"] = addressText
        fields["email"] = email
        fields["website"] = website
        fields["opening_hours"] = openingHours
        fields["district"] = district?.rawValue
        fields["note"] = note
        fields.write(names)
        fields.write(phones, to: "phones")
        fields.write(position)
        provenance.write(to: &fields)
        return fields
    }

    private static func openingHours(_ fields: Fields) throws(RecordError) -> String? {
        guard let hours = fields.text("opening_hours"), !fields.isStored("opening_hours") else {
            return fields.text("opening_hours")
        }
        do throws(OpeningHoursError) {
            _ = try OpeningHours(reading: hours)
        } catch {
            throw .malformed(
                field: "opening_hours",
                value: hours,
                expected: "the OpenStreetMap syntax, such as Mo-Fr 09:00-18:00; \(error)"
            )
        }
        return hours
    }
}

extension Organization {
    /// The same organization with the district determined by its position.
    public func located(in district: District.ID?) -> Organization {
        var copy = self
        copy.district = district
        return copy
    }
}
