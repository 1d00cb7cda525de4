public import Civic
public import Geo

/// The houses, searchable by name and by distance from a point.
///
/// A class, so that requests copy one reference instead of each part.
public final class AddressBook: Sendable {
    /// The addresses.
    public let addresses: [Address]
    /// The streets.
    public let streets: [Street]
    /// The microdistricts.
    public let microdistricts: [Microdistrict]
    private let index: PointIndex
    private let streetHouses: [HouseNumberIndex]
    private let microdistrictHouses: [HouseNumberIndex]
    private let streetIndices: [Street.ID: Int]
    private let microdistrictIndices: [Microdistrict.ID: Int]
    /// The institutions with a position and a house in their address, by street or microdistrict.
    private let institutions: [PlaceReference: [(house: String, organization: Int)]]
    /// The course of each street.
    let streetPlaces: StreetPlaces

    init(contents: GazetteerContents, districts: DistrictMap) throws(GeoError) {
        addresses = contents.addresses
        streets = contents.streets
        microdistricts = contents.microdistricts
        index = try PointIndex(
            contents.addresses.map(\.position),
            masks: [UInt64](repeating: 0, count: contents.addresses.count)
        )
        let streets = Dictionary(
            contents.streets.enumerated().map { ($1.id, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let microdistricts = Dictionary(
            contents.microdistricts.enumerated().map { ($1.id, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        var ofStreets = [[HouseNumberIndex.Entry]](repeating: [], count: contents.streets.count)
        var ofMicrodistricts = [[HouseNumberIndex.Entry]](repeating: [], count: contents.microdistricts.count)
        for (place, address) in contents.addresses.enumerated() {
            guard let entry = HouseNumberIndex.Entry(address, place: place) else { continue }
            if let street = address.street.flatMap({ streets[$0] }) { ofStreets[street].append(entry) }
            if let area = address.microdistrict.flatMap({ microdistricts[$0] }) { ofMicrodistricts[area].append(entry) }
        }
        streetHouses = ofStreets.map { HouseNumberIndex($0, isStreet: true) }
        microdistrictHouses = ofMicrodistricts.map { HouseNumberIndex($0, isStreet: false) }
        streetIndices = streets
        microdistrictIndices = microdistricts
        var institutions: [PlaceReference: [(house: String, organization: Int)]] = [:]
        for (index, organization) in contents.organizations.enumerated() where organization.position != nil {
            guard let house = organization.house.map(HouseNumber.key) else { continue }
            let street = organization.street.flatMap { streets[$0] }.map { PlaceReference.street($0) }
            let area = organization.microdistrict.flatMap { microdistricts[$0] }.map {
                PlaceReference.microdistrict($0)
            }
            if let place = street ?? area { institutions[place, default: []].append((house, index)) }
        }
        self.institutions = institutions
        streetPlaces = StreetPlaces(contents, indices: streets, houses: streetHouses, districts: districts)
    }

    /// The streets whose lines lie more than 3 km apart, by their indexes in `streets`, with the number of groups of lines.
    ///
    /// Either several streets share the name, or the derived lines have a mistake; the geocoder answers each place
    /// separately.
    public var separatedStreets: [(street: Int, groups: Int)] { streetPlaces.separated }

    /// The houses that lie far from their street, by their indexes in `addresses`.
    ///
    /// They are misplaced, or belong to another street of the same name; other houses are not interpolated from them.
    public var strayHouses: [Int] { streetPlaces.strayHouses }

    /// The index of a street in `streets`.
    func index(of street: Street.ID) -> Int? { streetIndices[street] }

    /// The known houses of a street, by its index in `streets`.
    func houses(ofStreet index: Int) -> HouseNumberIndex { streetHouses[index] }

    /// The known houses of a microdistrict, by its index in `microdistricts`.
    func houses(ofMicrodistrict index: Int) -> HouseNumberIndex { microdistrictHouses[index] }

    /// The institutions whose address has this house, by their indexes in the directory.
    ///
    /// - Parameter house: in the form of `HouseNumber.key`.
    func institutions(at house: String, of place: PlaceReference) -> [Int] {
        institutions[place]?.filter { $0.house == house }.map(\.organization) ?? []
    }

    /// The nearest addresses to a point, by their indexes in `addresses`, nearest first.
    ///
    /// - Parameter maxMetres: the search radius.
    public func nearest(
        to point: Coordinate,
        count: Int,
        within maxMetres: Double
    ) -> [(address: Int, distance: Double)] {
        index.nearest(to: point, count: count, within: maxMetres).map { ($0.index, $0.distance) }
    }

    /// The street of an address.
    public func street(of address: Address) -> Street? {
        address.street.flatMap { streetIndices[$0] }.map { streets[$0] }
    }

    /// The microdistrict of an address.
    public func microdistrict(of address: Address) -> Microdistrict? {
        address.microdistrict.flatMap { microdistrictIndices[$0] }.map { microdistricts[$0] }
    }

    /// The text of an address (street or microdistrict, and house) with its language.
    public func label(of address: Address, language: Language) -> (text: String, language: Language) {
        if let street = street(of: address) {
            return house(address.house, of: AddressLabel.street(street, language: language))
        }
        guard let microdistrict = microdistrict(of: address) else { return (address.house, language) }
        return house(address.house, of: AddressLabel.microdistrict(microdistrict, language: language))
    }

    /// The text of an organization's address with its language; nil when it has none.
    public func label(of organization: Organization, language: Language) -> (text: String, language: Language)? {
        guard let house = organization.house else { return organization.addressText.map { ($0, .ru) } }
        if let street = organization.street.flatMap({ streetIndices[$0] }) {
            return self.house(house, of: AddressLabel.street(streets[street], language: language))
        }
        if let microdistrict = organization.microdistrict.flatMap({ microdistrictIndices[$0] }) {
            return self.house(house, of: AddressLabel.microdistrict(microdistricts[microdistrict], language: language))
        }
        return organization.addressText.map { ($0, .ru) }
    }

    private func house(
        _ house: String,
        of place: (text: String, language: Language)
    ) -> (text: String, language: Language) {
        (AddressLabel.house(house, of: place), place.language)
    }
}
