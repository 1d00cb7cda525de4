public import Geo

/// A place where two streets meet.
public struct Crossing: GazetteerRecord {
    /// The id of a crossing.
    public typealias ID = Identifier<Crossing>

    /// The id.
    public let id: ID
    /// One of the two streets.
    public let firstStreet: Street.ID
    /// The other street.
    public let secondStreet: Street.ID
    /// The centre of the crossing.
    public let position: Coordinate
    /// How far it may lie from the true centre, metres; nil when not known.
    public let precision: Double?
    /// The source of the record.
    public let provenance: Provenance

    /// The layer.
    public static let layer = Layer.crossings
    /// The columns a file must have.
    public static let requiredColumns = ["id", "street_a", "street_b", "lon", "lat"]
    /// The id.
    public var key: String { id.rawValue }

    /// Reads a crossing.
    public init(_ fields: Fields) throws(RecordError) {
        id = ID(try fields.required("id"))
        firstStreet = .init(try fields.required("street_a"))
        secondStreet = .init(try fields.required("street_b"))
        guard firstStreet != secondStreet else {
            throw .malformed(field: "street_b", value: secondStreet.rawValue, expected: "another street than street_a")
        }
        guard let position = try fields.position() else { throw .missing(field: "lon, lat") }
        self.position = position
        precision = try fields.size("precision_m")
        provenance = try Provenance(fields)
    }

    /// The crossing as fields.
    public var fields: Fields {
        var fields = Fields(["id": id.rawValue])
        fields["street_a"] = firstStreet.rawValue
        fields["street_b"] = secondStreet.rawValue
        fields["precision_m"] = precision.map { String($0) }
        fields.write(position)
        provenance.write(to: &fields)
        return fields
    }
}
