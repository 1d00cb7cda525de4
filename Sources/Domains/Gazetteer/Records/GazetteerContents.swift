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

/// Persistent storage of the gazetteer, as an interface without SQL.
public protocol GazetteerStore: Sendable {
    /// Reads everything.
    ///
    /// - Throws: the errors of the storage engine.
    func contents() async throws -> GazetteerContents

    /// A number that changes whenever the gazetteer does.
    func version() async throws -> Int

    /// Writes records in one transaction: all of them, or none when anything fails or the process dies.
    ///
    /// - Parameters:
    ///   - changes: the records to insert or replace, by layer.
    ///   - report: the report that is stored for this import.
    func apply(_ changes: GazetteerChanges, report: ImportReport) async throws
}

/// Records to insert or to replace, in loading order of their layers.
public struct GazetteerChanges: Sendable {
    /// The records; each replaces the stored one entirely.
    public private(set) var records: [any GazetteerRecord] = []

    /// Makes no changes.
    public init() {}

    /// Adds a record to insert or replace.
    public mutating func add(_ record: any GazetteerRecord) { records.append(record) }

    /// Whether there is nothing to write.
    public var isEmpty: Bool { records.isEmpty }
}
