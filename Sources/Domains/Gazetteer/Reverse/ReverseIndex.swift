import Geo

/// The data for describing pins, indexed once: the lines of streets, the sides of houses, crossings and named features.
struct ReverseIndex: Sendable {
    /// The lines of the streets.
    let segments: StreetSegments
    /// The houses along each street; nil where its line is unknown.
    let streets: [NumberedStreet?]
    /// The side of its street on which each address lies; nil when unknown.
    let sides: [StreetSide?]
    /// The named features.
    let features: NamedFeatures
    private let crossings: PointIndex

    init(
        _ contents: GazetteerContents,
        _ addresses: AddressBook,
        _ directory: OrganizationDirectory
    ) throws(GeoError) {
        let lines = addresses.streetPlaces.lines
        let strays = Set(addresses.strayHouses)
        let houses = lines.indices.map { street in
            addresses.houses(ofStreet: street).entries.filter { !strays.contains($0.address) }
        }
        let headings = zip(lines, houses).map { line, houses in line.map { NumberingDirection($0.bounds, houses) } }
        let segments = StreetSegments(lines, houses: houses, headings: headings)
        var sides = [StreetSide?](repeating: nil, count: contents.addresses.count)
        for (index, address) in contents.addresses.enumerated() {
            guard let street = address.street.flatMap({ addresses.index(of: $0) }) else { continue }
            sides[index] = segments.nearest(to: address.position, onStreet: street)?.side
        }
        streets = zip(headings, houses).map { [sides] heading, houses in
            heading.map { heading in
                NumberedStreet(
                    heading,
                    houses.map { entry in
                        .init(number: entry.number, along: heading.along(entry.position), side: sides[entry.address])
                    }
                )
            }
        }
        self.segments = segments
        self.sides = sides
        features = try NamedFeatures(contents, directory)
        crossings = try PointIndex(
            contents.crossings.map(\.position),
            masks: [UInt64](repeating: 0, count: contents.crossings.count)
        )
    }

    /// The crossing nearest to a point, by its index in the snapshot's list, and the distance in metres.
    func nearestCrossing(to point: Coordinate, within metres: Double) -> (index: Int, distance: Double)? {
        crossings.nearest(to: point, count: 1, within: metres).first.map { ($0.index, $0.distance) }
    }
}
