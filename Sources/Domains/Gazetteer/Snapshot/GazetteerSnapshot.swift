public import Geo

/// The gazetteer as requests use it: an immutable, indexed copy in memory, always built and replaced as a whole.
public final class GazetteerSnapshot: Sendable {
    /// The version of the store from which it was built.
    public let version: Int
    /// The districts.
    public let districts: DistrictMap
    /// The institutions.
    public let directory: OrganizationDirectory
    /// The houses, streets and microdistricts.
    public let addresses: AddressBook
    /// The stops.
    public let stops: [Stop]
    /// The blocks.
    public let blocks: [Block]
    /// The axes of streets and waterways.
    public let streetLines: [StreetLine]
    /// The crossings of streets.
    public let crossings: [Crossing]
    /// The house numbers along streets.
    public let houseRanges: [HouseRange]
    /// The bodies responsible for the districts, by the districts' indexes; nil where none is known.
    public let authorities: [Authority?]
    /// The akimat of the city, when known.
    public let cityAuthority: Authority?
    let names: NameIndex
    let crossingIndex: CrossingIndex
    let completions: NameCompletions
    let reverseIndex: ReverseIndex

    /// Builds a snapshot.
    ///
    /// - Parameters:
    ///   - contents: the contents of the store.
    ///   - version: the store's version.
    /// - Throws: `GeoError` when the districts are not a partition.
    public init(_ contents: GazetteerContents, version: Int) throws(GeoError) {
        self.version = version
        let districts = try DistrictMap(contents.districts)
        self.districts = districts
        // The borders decide: the district stated by a record counts only when it has no position.
        let organizations = contents.organizations.map { organization in
            guard let position = organization.position else { return organization }
            return organization.located(in: districts.id(at: position))
        }
        directory = try OrganizationDirectory(organizations, categories: contents.categories, districts: districts)
        addresses = try AddressBook(contents: contents, districts: districts)
        names = NameIndex(contents: contents)
        stops = contents.stops
        blocks = contents.blocks
        streetLines = contents.streetLines
        crossings = contents.crossings
        houseRanges = contents.houseRanges
        crossingIndex = CrossingIndex(contents.crossings, in: addresses)
        completions = NameCompletions(contents, addresses.streetPlaces)
        reverseIndex = try ReverseIndex(contents, addresses, directory)
        authorities = districts.all.map { district in
            contents.authorities.first { $0.district == district.id }
        }
        cityAuthority = contents.authorities.first { $0.district == nil }
    }

    /// The body responsible for a district.
    public func authority(of district: District) -> Authority? {
        districts.index(of: district.id).flatMap { authorities[$0] } ?? cityAuthority
    }

    /// The districts that a street runs through or has houses in, by the street's index in the address book.
    public func districts(ofStreet index: Int) -> [District] {
        addresses.streetPlaces.districts[index].map { districts.all[$0] }
    }
}
