public import Geo

/// The houses: found by name, and the nearest to a point.
///
/// A class, so that a request that looks something up copies one reference and not each of its parts.
public final class AddressBook: Sendable {
    /// A house as it is looked for: its street or microdistrict and the canonical house.
    private struct Key: Hashable {
        let place: PlaceReference
        let house: String
    }

    /// The addresses.
    public let addresses: [Address]
    /// The streets.
    public let streets: [Street]
    /// The microdistricts.
    public let microdistricts: [Microdistrict]
    private let index: PointIndex
    private let houses: [Key: [Int]]
    private let streetPlaces: [Street.ID: Int]
    private let microdistrictPlaces: [Microdistrict.ID: Int]
    /// The districts in which each street has houses, by the districts' places.
    let districtsOfStreet: [[Int]]

    init(contents: GazetteerContents, districts: DistrictMap) throws(GeoError) {
        addresses = contents.addresses
        streets = contents.streets
        microdistricts = contents.microdistricts
        index = try PointIndex(
            contents.addresses.map(\.position),
            masks: [UInt64](repeating: 0, count: contents.addresses.count)
        )
        let streetPlaces = Dictionary(
            contents.streets.enumerated().map { ($1.id, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let microdistrictPlaces = Dictionary(
            contents.microdistricts.enumerated().map { ($1.id, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        var houses: [Key: [Int]] = [:]
        var seen = [Set<Int>](repeating: [], count: contents.streets.count)
        for (place, address) in contents.addresses.enumerated() {
            let house = AddressReading.houseKey(address.house)
            if let street = address.street.flatMap({ streetPlaces[$0] }) {
                houses[Key(place: .street(street), house: house), default: []].append(place)
                if let district = districts.index(at: address.position) { seen[street].insert(district) }
            }
            if let microdistrict = address.microdistrict.flatMap({ microdistrictPlaces[$0] }) {
                houses[Key(place: .microdistrict(microdistrict), house: house), default: []].append(place)
            }
        }
        self.houses = houses
        self.streetPlaces = streetPlaces
        self.microdistrictPlaces = microdistrictPlaces
        districtsOfStreet = seen.map { $0.sorted() }
    }

    /// The addresses of a house.
    func addresses(of place: PlaceReference, house: String) -> [Int] {
        houses[Key(place: place, house: house)] ?? []
    }

    /// The nearest addresses to a point, by their places in `addresses`, nearest first.
    ///
    /// - Parameter maxMetres: how far to look.
    public func nearest(
        to point: Coordinate,
        count: Int,
        within maxMetres: Double
    ) -> [(address: Int, distance: Double)] {
        index.nearest(to: point, count: count, within: maxMetres).map { ($0.index, $0.distance) }
    }

    /// The street of an address.
    public func street(of address: Address) -> Street? {
        address.street.flatMap { streetPlaces[$0] }.map { streets[$0] }
    }

    /// The microdistrict of an address.
    public func microdistrict(of address: Address) -> Microdistrict? {
        address.microdistrict.flatMap { microdistrictPlaces[$0] }.map { microdistricts[$0] }
    }

    /// The address in words, the street or microdistrict and the house, with the language it is in.
    public func label(of address: Address, language: Language) -> (text: String, language: Language) {
        if let street = street(of: address) {
            return house(address.house, of: AddressLabel.street(street, language: language))
        }
        guard let microdistrict = microdistrict(of: address) else { return (address.house, language) }
        return house(address.house, of: AddressLabel.microdistrict(microdistrict, language: language))
    }

    /// The address of an organization in words, with its language; nil when none is known.
    public func label(of organization: Organization, language: Language) -> (text: String, language: Language)? {
        guard let house = organization.house else { return organization.addressText.map { ($0, .ru) } }
        if let street = organization.street.flatMap({ streetPlaces[$0] }) {
            return self.house(house, of: AddressLabel.street(streets[street], language: language))
        }
        if let microdistrict = organization.microdistrict.flatMap({ microdistrictPlaces[$0] }) {
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
