public import Geo

/// The houses: found by name, and the nearest to a point.
///
/// A class, so that a request that looks something up copies one reference and not each of its parts.
public final class AddressBook: Sendable {
    /// The addresses.
    public let addresses: [Address]
    /// The streets.
    public let streets: [Street]
    /// The microdistricts.
    public let microdistricts: [Microdistrict]
    private let index: PointIndex
    private let streetHouses: [HouseLadder]
    private let microdistrictHouses: [HouseLadder]
    private let streetIndices: [Street.ID: Int]
    private let microdistrictIndices: [Microdistrict.ID: Int]
    /// Where the streets run.
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
        var ofStreets = [[HouseLadder.Rung]](repeating: [], count: contents.streets.count)
        var ofMicrodistricts = [[HouseLadder.Rung]](repeating: [], count: contents.microdistricts.count)
        for (place, address) in contents.addresses.enumerated() {
            guard let rung = HouseLadder.Rung(address, place: place) else { continue }
            if let street = address.street.flatMap({ streets[$0] }) { ofStreets[street].append(rung) }
            if let area = address.microdistrict.flatMap({ microdistricts[$0] }) { ofMicrodistricts[area].append(rung) }
        }
        streetHouses = ofStreets.map { HouseLadder($0, isStreet: true) }
        microdistrictHouses = ofMicrodistricts.map { HouseLadder($0, isStreet: false) }
        streetIndices = streets
        microdistrictIndices = microdistricts
        streetPlaces = StreetPlaces(contents, indices: streets, houses: streetHouses, districts: districts)
    }

    /// The streets whose lines lie more than 3 km apart, by their places in `streets`, and in how many groups they lie.
    ///
    /// They stand for streets of one name in several places, or have a mistake in the derived lines; the geocoder answers each
    /// place by itself.
    public var separatedStreets: [(street: Int, groups: Int)] { streetPlaces.separated }

    /// The houses that stand far from their street, by their places in `addresses`.
    ///
    /// They are misplaced, or on another street of the same name; other houses are not interpolated from them.
    public var strayHouses: [Int] { streetPlaces.strayHouses }

    /// The place of a street in `streets`.
    func index(of street: Street.ID) -> Int? { streetIndices[street] }

    /// The known houses of a street, by its place in `streets`.
    func houses(ofStreet index: Int) -> HouseLadder { streetHouses[index] }

    /// The known houses of a microdistrict, by its place in `microdistricts`.
    func houses(ofMicrodistrict index: Int) -> HouseLadder { microdistrictHouses[index] }

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
        address.street.flatMap { streetIndices[$0] }.map { streets[$0] }
    }

    /// The microdistrict of an address.
    public func microdistrict(of address: Address) -> Microdistrict? {
        address.microdistrict.flatMap { microdistrictIndices[$0] }.map { microdistricts[$0] }
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
