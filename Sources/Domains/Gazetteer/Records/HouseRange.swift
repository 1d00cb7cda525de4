public import Geo

/// The house numbers along one stretch of a street, from its first known house to its last.
public struct HouseRange: GazetteerRecord {
    /// The id of a range.
    public typealias ID = Identifier<HouseRange>

    /// The side of the street, looking along its line.
    public enum Side: String, Sendable, CaseIterable {
        /// On the left.
        case left
        /// On the right.
        case right
        /// On both sides.
        case both
    }

    /// The parity of the numbers that occur.
    public enum Parity: String, Sendable, CaseIterable {
        /// 1, 3, 5.
        case odd
        /// 2, 4, 6.
        case even
        /// All.
        case mixed

        /// Whether a house number has this parity.
        public func holds(_ number: Int) -> Bool {
            switch self {
            case .odd: !number.isMultiple(of: 2)
            case .even: number.isMultiple(of: 2)
            case .mixed: true
            }
        }
    }

    /// The id.
    public let id: ID
    /// The street.
    public let street: Street.ID
    /// The side on which the houses are.
    public let side: Side
    /// The parity of the numbers that occur.
    public let parity: Parity
    /// The number at the beginning; it may be the larger one, because the street's line may run against the numbering.
    public let first: Int
    /// The number at the end.
    public let last: Int
    /// The number of known houses on which the range is based.
    public let houses: Int
    /// The point on the street's line nearest to the first house.
    public let firstPosition: Coordinate
    /// The point on the street's line nearest to the last house.
    public let lastPosition: Coordinate
    /// How far a house between them may be from the position given by its number, metres; nil when not known.
    public let precision: Double?
    /// The source of the record.
    public let provenance: Provenance

    /// The layer.
    public static let layer = Layer.houseRanges
    /// The columns a file must have.
    public static let requiredColumns = [
        "id", "street_id", "side", "parity", "first", "last", "first_lon", "first_lat", "last_lon", "last_lat",
    ]
    /// The columns of the first position.
    public static let firstColumns = (lon: "first_lon", lat: "first_lat")
    /// The columns of the last position.
    public static let lastColumns = (lon: "last_lon", lat: "last_lat")
    /// The id.
    public var key: String { id.rawValue }

    /// Reads a range.
    public init(_ fields: Fields) throws(RecordError) {
        id = ID(try fields.required("id"))
        street = .init(try fields.required("street_id"))
        side = try fields.choice("side")
        let parity: Parity = try fields.choice("parity")
        self.parity = parity
        first = try Self.number(fields, "first", parity)
        last = try Self.number(fields, "last", parity)
        houses = try fields.integer("houses", in: 1...100_000)
        firstPosition = try Self.position(fields, Self.firstColumns)
        lastPosition = try Self.position(fields, Self.lastColumns)
        precision = try fields.size("precision_m")
        provenance = try Provenance(fields)
    }

    private static func number(_ fields: Fields, _ name: String, _ parity: Parity) throws(RecordError) -> Int {
        let number = try fields.integer(name, in: 1...9_999)
        guard parity.holds(number) else {
            throw .malformed(field: name, value: "\(number)", expected: "an \(parity.rawValue) number")
        }
        return number
    }

    private static func position(
        _ fields: Fields,
        _ columns: (lon: String, lat: String)
    ) throws(RecordError) -> Coordinate {
        guard let position = try fields.position(columns.lon, columns.lat) else {
            throw .missing(field: "\(columns.lon), \(columns.lat)")
        }
        return position
    }

    /// The range as fields.
    public var fields: Fields {
        var fields = Fields(["id": id.rawValue, "street_id": street.rawValue, "side": side.rawValue])
        fields["parity"] = parity.rawValue
        fields["first"] = String(first)
        fields["last"] = String(last)
        fields["houses"] = String(houses)
        fields["precision_m"] = precision.map { String($0) }
        fields.write(firstPosition, to: Self.firstColumns.lon, Self.firstColumns.lat)
        fields.write(lastPosition, to: Self.lastColumns.lon, Self.lastColumns.lat)
        provenance.write(to: &fields)
        return fields
    }
}
