public import Geo

/// The axis of a street or of a waterway, derived from the land on both sides of it.
public struct StreetLine: GazetteerRecord {
    /// The id of a line.
    public typealias ID = Identifier<StreetLine>

    /// What the line represents.
    public enum Kind: Sendable, Hashable {
        /// A street of this kind.
        case street(Street.Kind)
        /// өзен, река.
        case river
    }

    /// The id.
    public let id: ID
    /// The street; nil for a waterway.
    public let street: Street.ID?
    /// What the line represents.
    public let kind: Kind
    /// The name of a waterway; a street's name is in its own record.
    public let names: Names
    /// Its importance in the network, from 1 (the main avenues) to 5 (lanes).
    public let rank: Int
    /// The median of its widths between the blocks, metres; nil when not known.
    public let width: Double?
    /// The length of all its parts, metres.
    public let length: Double
    /// How far the line may lie from the true axis, metres; nil when not known.
    public let precision: Double?
    /// The number of pairs of blocks it runs between.
    public let blocks: Int
    /// The axis, WGS 84 degrees; in parts where stretches between them are unknown.
    public let line: MultiLine
    /// The source of the record.
    public let provenance: Provenance

    /// The layer.
    public static let layer = Layer.streetLines
    /// The columns a file must have.
    public static let requiredColumns = ["id", "kind", "rank", "length_m", "geometry"]
    /// The id.
    public var key: String { id.rawValue }

    /// Reads a line.
    public init(_ fields: Fields) throws(RecordError) {
        id = ID(try fields.required("id"))
        kind = try fields.choice("kind")
        street = fields.text("street_id").map { .init($0) }
        switch (kind, street) {
        case (.street, nil): throw .missing(field: "street_id")
        case (.river, let street?):
            throw .malformed(field: "street_id", value: street.rawValue, expected: "nothing for a river")
        case (.street, _?), (.river, nil): break
        }
        names = try fields.names(required: false)
        rank = try fields.integer("rank", in: 1...5)
        width = try fields.size("width_m")
        guard let length = try fields.size("length_m") else { throw .missing(field: "length_m") }
        self.length = length
        precision = try fields.size("precision_m")
        blocks = try fields.integer("blocks") ?? 0
        line = try fields.line()
        provenance = try Provenance(fields)
    }

    /// The line as fields.
    public var fields: Fields {
        var fields = Fields(["id": id.rawValue, "kind": kind.rawValue, "rank": String(rank)], shape: .line(line))
        fields["street_id"] = street?.rawValue
        fields["width_m"] = width.map { String($0) }
        fields["length_m"] = String(length)
        fields["precision_m"] = precision.map { String($0) }
        fields["blocks"] = String(blocks)
        fields.write(names)
        provenance.write(to: &fields)
        return fields
    }
}

/// Written as the street's kind, or `river`.
extension StreetLine.Kind: RawRepresentable, CaseIterable {
    /// Every kind, streets first.
    public static var allCases: [Self] { Street.Kind.allCases.map { .street($0) } + [.river] }

    /// Reads a kind as files write it.
    public init?(rawValue: String) {
        if rawValue == "river" {
            self = .river
        } else if let kind = Street.Kind(rawValue: rawValue) {
            self = .street(kind)
        } else {
            return nil
        }
    }

    /// The kind as files write it.
    public var rawValue: String {
        switch self {
        case .street(let kind): kind.rawValue
        case .river: "river"
        }
    }
}
