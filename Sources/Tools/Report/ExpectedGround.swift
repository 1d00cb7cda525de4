import Gazetteer
import Geo

/// The positions of the expected places in a city, against which answers are measured.
struct ExpectedGround {
    private let snapshot: GazetteerSnapshot
    private let positions: [String: Coordinate]
    private let lines: [Street.ID: MultiLine]
    private let houses: [Street.ID: [(number: Int, position: Coordinate)]]
    private let crossings: [Pair: [Coordinate]]
    private let stated: [String: District.ID]

    /// Indexes a city.
    init(_ snapshot: GazetteerSnapshot) {
        self.snapshot = snapshot
        var (positions, stated) = ([String: Coordinate](), [String: District.ID]())
        for address in snapshot.addresses.addresses {
            positions[address.id.rawValue] = address.position
        }
        for street in snapshot.addresses.streets { positions[street.id.rawValue] = street.position }
        for place in snapshot.addresses.microdistricts {
            (positions[place.id.rawValue], stated[place.id.rawValue]) = (place.position, place.district)
        }
        for organization in snapshot.directory.organizations {
            let id = organization.id.rawValue
            (positions[id], stated[id]) = (organization.position, organization.district)
        }
        (self.positions, self.stated) = (positions, stated)
        lines = Dictionary(
            snapshot.streetLines.compactMap { line in line.street.map { ($0, line.line) } },
            uniquingKeysWith: { first, _ in first }
        )
        crossings = Dictionary(grouping: snapshot.crossings) { Pair($0.firstStreet, $0.secondStreet) }
            .mapValues { $0.map(\.position) }
        var houses: [Street.ID: [(number: Int, position: Coordinate)]] = [:]
        for address in snapshot.addresses.addresses {
            guard let street = address.street, let number = Self.number(of: address.house) else {
                continue
            }
            houses[street, default: []].append((number, address.position))
        }
        self.houses = houses
    }

    /// The leading number of a house: 164 of `164 к4`.
    static func number(of house: String) -> Int? { Int(house.prefix { $0.isASCII && $0.isNumber }) }

    /// The distance of an answer from a place, metres; nil when either has no position.
    func distance(of result: GeocodeResult, from place: ExpectedPlace) -> Double? {
        if answers(result, place) { return 0 }
        guard let position = result.position else { return nil }
        if case .street(let id) = place, let line = lines[Street.ID(id)] {
            return metres(from: position, to: line)
        }
        return points(of: place).map { position.distance(to: $0) }.min()
    }

    /// Whether an answer is the record of the place itself.
    func answers(_ result: GeocodeResult, _ place: ExpectedPlace) -> Bool {
        place.recordID == snapshot.id(of: result.subject)
    }

    /// The districts of a place; empty when the data does not determine them.
    func districts(of place: ExpectedPlace) -> Set<District.ID> {
        if case .district(let id) = place { return [District.ID(id)] }
        let points = self.points(of: place)
        let found = points.compactMap { snapshot.districts.district(at: $0)?.id }
        if found.isEmpty, let id = place.recordID, let district = stated[id] { return [district] }
        return Set(found)
    }

    /// Whether the data has everything that a place refers to.
    func knows(_ place: ExpectedPlace) -> Bool {
        switch place {
        case .district(let id): snapshot.districts[District.ID(id)] != nil
        case .address, .crossing, .house: !points(of: place).isEmpty
        case .street(let id): snapshot.addresses.streets.contains { $0.id.rawValue == id }
        case .microdistrict(let id): snapshot.addresses.microdistricts.contains { $0.id.rawValue == id }
        case .organization(let id): snapshot.directory.index(of: Organization.ID(id)) != nil
        }
    }

    private func points(of place: ExpectedPlace) -> [Coordinate] {
        switch place {
        case .address(let id), .microdistrict(let id), .organization(let id):
            positions[id].map { [$0] } ?? []
        case .crossing(let first, let second):
            crossings[Pair(Street.ID(first), Street.ID(second))] ?? []
        case .house(let street, let number): between(Street.ID(street), number).map { [$0] } ?? []
        case .street(let id):
            lines[Street.ID(id)].map { Array($0.lines.joined()) }
                ?? houses[Street.ID(id)]?.map(\.position) ?? positions[id].map { [$0] } ?? []
        case .district: []
        }
    }

    /// The position of a number on the straight line between its nearest known neighbours of the same parity.
    private func between(_ street: Street.ID, _ number: Int) -> Coordinate? {
        let side = (houses[street] ?? []).filter { ($0.number - number).isMultiple(of: 2) }
        guard let low = side.map(\.number).filter({ $0 <= number }).max(),
            let high = side.map(\.number).filter({ $0 >= number }).min(),
            let from = middle(of: side.filter { $0.number == low }.map(\.position)),
            let to = middle(of: side.filter { $0.number == high }.map(\.position))
        else { return nil }
        let share = low == high ? 0 : Double(number - low) / Double(high - low)
        return Coordinate(
            longitude: from.longitude + share * (to.longitude - from.longitude),
            latitude: from.latitude + share * (to.latitude - from.latitude)
        )
    }

    private func middle(of points: [Coordinate]) -> Coordinate? {
        guard !points.isEmpty else { return nil }
        let count = Double(points.count)
        return Coordinate(
            longitude: points.reduce(0) { $0 + $1.longitude } / count,
            latitude: points.reduce(0) { $0 + $1.latitude } / count
        )
    }

    private func metres(from position: Coordinate, to line: MultiLine) -> Double {
        let ruler = Ruler(latitude: position.latitude)
        return line.lines.reduce(Double.infinity) { best, part in
            zip(part, part.dropFirst()).reduce(best) { nearest, edge in
                min(nearest, ruler.nearest(to: position, onEdgeFrom: edge.0, to: edge.1).1)
            }
        }
    }

    /// Two streets in either order.
    private struct Pair: Hashable {
        let streets: Set<Street.ID>

        init(_ first: Street.ID, _ second: Street.ID) { streets = [first, second] }
    }
}
