/// Everything the gazetteer knows, as plain records: what a store holds and a snapshot is built from.
public struct GazetteerContents: Sendable, Equatable {
    /// The category tree.
    public var categories: [Category] = []
    /// The districts, in the order of their numbers.
    public var districts: [District] = []
    /// The bodies that answer.
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

/// Where the gazetteer lasts: the store's side of the contract, SQL-free.
public protocol GazetteerStore: Sendable {
    /// Reads everything.
    ///
    /// - Throws: what the storage engine throws.
    func contents() async throws -> GazetteerContents

    /// A number that changes whenever the gazetteer does.
    func version() async throws -> Int

    /// Writes records in one transaction: all of them or, when anything fails or the process dies, none.
    ///
    /// - Parameters:
    ///   - changes: the records to insert or replace, by layer.
    ///   - report: what is kept about this import.
    func apply(_ changes: GazetteerChanges, report: ImportReport) async throws
}

/// Records to insert or to replace, in loading order of their layers.
public struct GazetteerChanges: Sendable {
    /// The records; each stands for itself wholly.
    public private(set) var records: [any GazetteerRecord] = []

    /// Makes no changes.
    public init() {}

    /// Adds a record to insert or replace.
    public mutating func add(_ record: any GazetteerRecord) { records.append(record) }

    /// Whether there is nothing to write.
    public var isEmpty: Bool { records.isEmpty }
}
