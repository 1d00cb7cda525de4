import Civic
import Gazetteer
import Geo
import NIOCore
import SiteKit

/// The JSON forms of the records, as in the API contract.
extension JSONWriter {
    mutating func names(_ names: Names) {
        beginObject()
        key("kk")
        string(names.kk)
        key("ru")
        string(names.ru)
        key("en")
        string(names.en)
        endObject()
    }

    mutating func position(_ position: Coordinate?) {
        key("lon")
        if let position { number(position.longitude, decimals: 6) } else { null() }
        key("lat")
        if let position { number(position.latitude, decimals: 6) } else { null() }
    }

    mutating func strings(_ list: [String]) {
        beginArray()
        for text in list { string(text) }
        endArray()
    }

    mutating func provenance(_ provenance: Provenance) {
        beginObject()
        key("source")
        string(provenance.source)
        key("date")
        string(provenance.date)
        key("confidence")
        string(provenance.confidence.rawValue)
        endObject()
    }

    mutating func box(_ box: BoundingBox) {
        beginArray()
        for value in [box.west, box.south, box.east, box.north] { number(value, decimals: 6) }
        endArray()
    }

    /// A short form of a district, for use inside other objects.
    mutating func districtSummary(_ district: District, _ language: Language) {
        beginObject()
        identification(of: district, language)
        endObject()
    }

    /// The members with which every form of a district begins.
    private mutating func identification(of district: District, _ language: Language) {
        key("id")
        integer(district.number)
        key("slug")
        string(district.id.rawValue)
        key("name")
        names(district.names)
        key("label")
        string(district.names.label(for: language).text)
    }

    mutating func authority(_ authority: Authority?, _ language: Language) {
        guard let authority else { return null() }
        beginObject()
        key("id")
        string(authority.id.rawValue)
        key("name")
        names(authority.names)
        key("label")
        string(authority.names.label(for: language).text)
        key("organization")
        string(authority.organization?.rawValue)
        key("address")
        string(authority.address)
        key("phones")
        strings(authority.phones)
        key("website")
        string(authority.website)
        endObject()
    }

    mutating func district(_ district: District, of snapshot: GazetteerSnapshot, _ language: Language) {
        beginObject()
        districtMembers(district, of: snapshot, language)
        endObject()
    }

    /// The members of a district without braces: GeoJSON puts them into `properties`.
    mutating func districtMembers(_ district: District, of snapshot: GazetteerSnapshot, _ language: Language) {
        identification(of: district, language)
        key("area_km2")
        number(district.shape.area / 1_000_000, decimals: 2)
        key("bbox")
        box(district.shape.boundingBox)
        key("centroid")
        beginObject()
        position(district.shape.centroid)
        endObject()
        key("label_point")
        beginObject()
        position(district.shape.pointOnSurface)
        endObject()
        key("akimat")
        authority(snapshot.authority(of: district), language)
        key("provenance")
        provenance(district.provenance)
    }

    mutating func organization(
        _ organization: Organization,
        of snapshot: GazetteerSnapshot,
        _ language: Language
    ) {
        beginObject()
        key("id")
        string(organization.id.rawValue)
        key("name")
        names(organization.names)
        key("label")
        string(organization.names.label(for: language).text)
        key("category")
        string(organization.category.rawValue)
        key("group")
        string(snapshot.group(of: organization)?.id.rawValue)
        key("district")
        string(organization.district?.rawValue)
        position(organization.position)
        key("precision")
        string(organization.precision.rawValue)
        key("address")
        string(snapshot.addresses.label(of: organization, language: language)?.text)
        key("phones")
        strings(organization.phones)
        key("email")
        string(organization.email)
        key("website")
        string(organization.website)
        key("opening_hours")
        string(organization.openingHours)
        key("provenance")
        provenance(organization.provenance)
        endObject()
    }

    /// Writes an address from its fragment, with a distance.
    mutating func address(_ fragment: ByteBuffer, distance: Double) {
        raw(fragment)
        key("distance_m")
        number(distance, decimals: 1)
        endObject()
    }

    /// Writes an address without the closing brace, because a distance may follow.
    mutating func openAddress(_ address: Address, of snapshot: GazetteerSnapshot, _ language: Language) {
        beginObject()
        key("id")
        string(address.id.rawValue)
        key("label")
        string(snapshot.addresses.label(of: address, language: language).text)
        key("house")
        string(address.house)
        key("street")
        string(address.street?.rawValue)
        key("microdistrict")
        string(address.microdistrict?.rawValue)
        position(address.position)
        key("precision")
        string(address.precision.rawValue)
    }

    mutating func microdistrict(_ microdistrict: Microdistrict?, _ language: Language) {
        guard let microdistrict else { return null() }
        beginObject()
        key("id")
        string(microdistrict.id.rawValue)
        key("name")
        names(microdistrict.names)
        key("label")
        string(AddressLabel.microdistrict(microdistrict, language: language).text)
        endObject()
    }
}

extension GazetteerSnapshot {
    /// The category group that an organization belongs to.
    func group(of organization: Organization) -> Gazetteer.Category? {
        guard let node = directory.categories[organization.category] else { return nil }
        return directory.categories.nodes[node.group].category
    }
}
