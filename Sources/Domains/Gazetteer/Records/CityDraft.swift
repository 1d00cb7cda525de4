/// A city while it is being built or changed: records are looked up and written one at a time, so that an import of any
/// size needs no more memory than one record.
///
/// No part of a draft is served before it is complete; an abandoned draft leaves the present city unchanged.
public protocol CityDraft: AnyObject {
    /// The districts that are in it so far.
    func districts() throws -> [District]

    /// The categories that are in it so far.
    func categories() throws -> [Category]

    /// The stored fields of a record; nil when there is none.
    func fields(of key: String, in layer: Layer) throws -> Fields?

    /// Whether there is a record.
    func contains(_ key: String, in layer: Layer) throws -> Bool

    /// Adds a record, or replaces the one of the same key entirely.
    func write(_ record: any GazetteerRecord) throws

    /// Deletes a record; does nothing when there is none.
    func delete(_ key: String, in layer: Layer) throws

    /// A record that refers to another one, which therefore cannot be deleted; nil when there is none.
    func referrer(to key: String, in layer: Layer) throws -> (layer: Layer, key: String)?

    /// Records the line of a file in which a record occurs, and returns the line in which it occurred before, if any.
    ///
    /// - Parameter file: a number that only this file has within the import.
    func meet(_ key: String, file: Int, line: Int) throws -> Int?
}

extension Layer {
    /// The columns of this layer that name a record of another one, or of the same.
    public var references: [(column: String, target: Layer)] {
        switch self {
        case .categories: [("parent", .categories)]
        case .districts, .streets: []
        case .authorities, .microdistricts, .stops, .blocks: [("district", .districts)]
        case .addresses:
            [
                ("street_id", .streets), ("corner_street_id", .streets), ("microdistrict_id", .microdistricts),
                ("district", .districts),
            ]
        case .organizations:
            [
                ("category", .categories), ("street_id", .streets), ("microdistrict_id", .microdistricts),
                ("district", .districts),
            ]
        case .streetLines, .houseRanges: [("street_id", .streets)]
        case .crossings: [("street_a", .streets), ("street_b", .streets)]
        }
    }

    /// The layer that a column refers to; nil for columns that are not references.
    func target(of column: String) -> Layer? { references.first { $0.column == column }?.target }

    /// The column that holds the key.
    public var keyColumn: String { self == .districts ? "slug" : "id" }

    /// The columns that identify a record uniquely: its key, and for districts also their number.
    public var identifyingColumns: Set<String> { self == .districts ? ["slug", "id"] : [keyColumn] }

    /// The type of the layer's records.
    public var kind: any GazetteerRecord.Type {
        switch self {
        case .categories: Category.self
        case .districts: District.self
        case .authorities: Authority.self
        case .microdistricts: Microdistrict.self
        case .streets: Street.self
        case .addresses: Address.self
        case .organizations: Organization.self
        case .stops: Stop.self
        case .blocks: Block.self
        case .streetLines: StreetLine.self
        case .crossings: Crossing.self
        case .houseRanges: HouseRange.self
        }
    }
}
