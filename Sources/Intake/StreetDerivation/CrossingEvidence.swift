import Gazetteer
import Geo

/// The stops that are named after crossings, a second source for where two streets meet.
struct CrossingEvidence {
    /// The greatest distance of a stop from its crossing, metres.
    private static let reach = 180.0

    struct NamedStop {
        let first: Set<Int>
        let second: Set<Int>
        let place: PlanePoint

        /// The two streets; nil when the names are ambiguous.
        var pair: (Int, Int)? {
            guard first.count == 1, second.count == 1, let a = first.first, let b = second.first, a != b else {
                return nil
            }
            return (min(a, b), max(a, b))
        }
    }

    let stops: [NamedStop]
    private let index: PlaneIndex

    init(_ derivation: StreetDerivation) {
        stops = derivation.facts.stops.compactMap { record in
            guard let streets = derivation.texts.crossing(of: record.names.ru ?? "") else { return nil }
            return NamedStop(first: streets.0, second: streets.1, place: derivation.plane.point(record.position))
        }
        index = PlaneIndex(stops.map(\.place), cell: 200)
    }

    /// Whether a stop near a place is named after the crossing of two streets.
    func supports(_ a: Int, _ b: Int, at place: PlanePoint) -> Bool {
        !index.near(place, within: Self.reach) { number in
            let stop = stops[number]
            return stop.first.contains(a) && stop.second.contains(b)
                || stop.first.contains(b) && stop.second.contains(a)
        }.isEmpty
    }
}
