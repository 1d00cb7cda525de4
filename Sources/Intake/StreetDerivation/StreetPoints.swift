import Gazetteer
import Geo

/// Points along each street: its houses, and the stops named after it.
struct StreetPoints: Sendable {
    enum Kind: Sendable {
        case house
        /// A stop named after a street next to it; the stop itself stands on another street.
        case stop
        /// A stop named after the crossing of this street with another.
        case corner
    }

    struct Point: Sendable {
        let place: PlanePoint
        let kind: Kind
    }

    /// The points by the street's position in the list.
    private(set) var byStreet: [Int: [Point]] = [:]

    init(_ facts: StreetFacts, _ addresses: [Address], _ texts: StreetTexts, _ plane: LocalPlane) {
        let index = Dictionary(facts.streets.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        for address in addresses {
            guard let street = address.street.flatMap({ index[$0] }) else { continue }
            byStreet[street, default: []].append(Point(place: plane.point(address.position), kind: .house))
        }
        for stop in facts.stops {
            let text = stop.names.ru ?? stop.names.all.first ?? ""
            let crossing = texts.crossing(of: text)
            let isCorner = crossing != nil
            let streets = crossing.map { $0.0.union($0.1) } ?? texts.street(of: text)
            // A name that fits several streets is evidence for none of them.
            guard streets.count <= (isCorner ? 2 : 1) else { continue }
            for street in streets.sorted() {
                byStreet[street, default: []].append(
                    Point(place: plane.point(stop.position), kind: isCorner ? .corner : .stop)
                )
            }
        }
    }
}
