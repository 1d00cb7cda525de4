import Gazetteer
import Geo

/// Microdistricts, houses and institutions as nodes.
struct OSMHouses {
    private let contents: GazetteerContents
    private let naming: OSMNaming
    private let approximate: Bool
    private let city: String?
    private let streets: [Street.ID: String]
    private let microdistricts: [Microdistrict.ID: String]

    /// - Parameter approximate: whether to include positions that are only approximate.
    init(_ contents: GazetteerContents, naming: OSMNaming, approximate: Bool) {
        self.contents = contents
        self.naming = naming
        self.approximate = approximate
        city = OSMBorders.city.label(for: naming.language).text
        streets = Dictionary(contents.streets.map { ($0.id, naming.name(of: $0)) }) { first, _ in first }
        microdistricts = Dictionary(contents.microdistricts.map { ($0.id, naming.name(of: $0)) }) { first, _ in first }
    }

    /// Adds the microdistricts whose centre is known, and returns how many.
    func addMicrodistricts(to document: inout OSMDocument) -> Int {
        let before = document.nodes.count
        for microdistrict in contents.microdistricts {
            guard let position = microdistrict.position else { continue }
            var tags = OSMTags([("place", Self.place(microdistrict.kind))])
            tags.add(naming.tags(microdistrict))
            tags.add(origin(microdistrict.id.rawValue, microdistrict.provenance))
            document.addNode(at: position, tags)
        }
        return document.nodes.count - before
    }

    /// Adds the houses, and returns how many.
    func addAddresses(to document: inout OSMDocument) -> Int {
        let before = document.nodes.count
        for address in contents.addresses where isTaken(address.precision) {
            var tags = self.address(address.street, address.microdistrict, house: address.house)
            if !Self.isSurveyed(address.precision) { tags["fixme"] = "position" }
            tags.add(origin(address.id.rawValue, address.provenance))
            document.addNode(at: address.position, tags)
        }
        return document.nodes.count - before
    }

    /// Adds the institutions whose position is known, and returns how many.
    func addOrganizations(to document: inout OSMDocument) -> Int {
        let before = document.nodes.count
        let groups = Dictionary(contents.categories.map { ($0.id, $0.parent) }) { first, _ in first }
        for organization in contents.organizations where isTaken(organization.precision) {
            guard let position = organization.position else { continue }
            let group = groups[organization.category].flatMap { $0 }
            var tags = OSMCategoryTags.tags(of: organization.category, group: group)
            tags.add(naming.tags(organization.names))
            tags.add(address(organization.street, organization.microdistrict, house: organization.house))
            tags.set(organization.phones, for: "phone")
            tags["email"] = organization.email
            tags["website"] = organization.website
            tags["opening_hours"] = organization.openingHours
            if !Self.isSurveyed(organization.precision) { tags["fixme"] = "position" }
            tags.add(origin(organization.id.rawValue, organization.provenance))
            document.addNode(at: position, tags)
        }
        return document.nodes.count - before
    }

    private func address(_ street: Street.ID?, _ microdistrict: Microdistrict.ID?, house: String?) -> OSMTags {
        guard let house else { return OSMTags() }
        let street = street.flatMap { streets[$0] }
        let place = microdistrict.flatMap { microdistricts[$0] }
        guard street != nil || place != nil else { return OSMTags() }
        // A house numbered along a street gets the street only; `addr:place` is for houses numbered within a
        // microdistrict.
        return OSMTags([
            ("addr:housenumber", house), ("addr:street", street), ("addr:place", street == nil ? place : nil),
            ("addr:city", city),
        ])
    }

    private func origin(_ id: String, _ provenance: Provenance) -> OSMTags {
        OSMTags([("ref:openalmaty", id), ("source", provenance.source), ("source:date", provenance.date)])
    }

    private func isTaken(_ precision: Precision) -> Bool {
        Self.isSurveyed(precision) || (approximate && precision != .none)
    }

    private static func isSurveyed(_ precision: Precision) -> Bool { precision == .exact || precision == .address }

    private static func place(_ kind: Microdistrict.Kind) -> String {
        switch kind {
        case .microdistrict, .village: "suburb"
        case .gardenSociety, .other: "neighbourhood"
        }
    }
}
