/// The whole gazetteer as plain records, as held by a store and used to build a snapshot.
public struct GazetteerContents: Sendable, Equatable {
    /// The category tree.
    public var categories: [Category] = []
    /// The districts, in the order of their numbers.
    public var districts: [District] = []
    /// The responsible bodies.
    public var authorities: [Authority] = []
    /// The microdistricts.
    public var microdistricts: [Microdistrict] = []
    /// The streets.
    public var streets: [Street] = []
    /// The houses.
    public var addresses: [Address] = []
    /// The institutions.
    public var organizations: [Organization] = []
    /// The stops.
    public var stops: [Stop] = []
    /// The city blocks.
    public var blocks: [Block] = []
    /// The axes of streets and waterways.
    public var streetLines: [StreetLine] = []
    /// The crossings of streets.
    public var crossings: [Crossing] = []
    /// The house numbers along streets.
    public var houseRanges: [HouseRange] = []

    /// Makes empty contents.
    public init() {}
}

extension GazetteerContents {
    /// Adds a record to its layer.
    public mutating func add(_ record: any GazetteerRecord) {
        switch record {
        case let record as Category: categories.append(record)
        case let record as District: districts.append(record)
        case let record as Authority: authorities.append(record)
        case let record as Microdistrict: microdistricts.append(record)
        case let record as Street: streets.append(record)
        case let record as Address: addresses.append(record)
        case let record as Organization: organizations.append(record)
        case let record as Stop: stops.append(record)
        case let record as Block: blocks.append(record)
        case let record as StreetLine: streetLines.append(record)
        case let record as Crossing: crossings.append(record)
        case let record as HouseRange: houseRanges.append(record)
        default: assertionFailure("a record of no layer")
        }
    }

    /// All records, in the order in which layers must be loaded.
    public var records: [any GazetteerRecord] {
        let layers: [[any GazetteerRecord]] = [
            categories, districts, authorities, microdistricts, streets, addresses, organizations, stops, blocks,
            streetLines, crossings, houseRanges,
        ]
        return Array(layers.joined())
    }
}

/// The storage of the gazetteer, as an interface without SQL; it is written through a `CityDraft`.
public protocol GazetteerStore: Sendable {
    /// Reads everything.
    ///
    /// - Throws: the errors of the storage engine.
    func contents() async throws -> GazetteerContents

    /// A number that changes whenever the gazetteer does.
    func version() async throws -> Int
}

/// The gazetteer as imported, without corrections; it can also read single records.
public protocol ImportedGazetteerStore: GazetteerStore {
    /// Reads a selection; keys that no record has are left out.
    ///
    /// - Throws: the errors of the storage engine.
    func contents(of selection: RecordSelection) async throws -> GazetteerContents
}

/// Records to be read from a gazetteer.
public struct RecordSelection: Sendable, Equatable {
    /// The keys of single records.
    public var keys: [Layer: Set<String>] = [:]
    /// The layers of which all records are wanted.
    public var layers: Set<Layer> = []

    /// Selects nothing.
    public init() {}

    /// Whether nothing is selected.
    public var isEmpty: Bool { keys.isEmpty && layers.isEmpty }
}
