import Gazetteer
import Geo

/// The stops that are named after crossings, a second source for where two streets meet.
struct CrossingWitnesses {
    /// The greatest distance of a stop from its crossing, metres.
    private static let reach = 180.0

    struct Witness {
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

    let witnesses: [Witness]
    private let index: PlaneIndex

    init(_ derivation: StreetDerivation) {
        witnesses = derivation.facts.stops.compactMap { stop in
            guard let streets = derivation.texts.crossing(of: stop.names.ru ?? "") else { return nil }
            return Witness(first: streets.0, second: streets.1, place: derivation.plane.point(stop.position))
        }
        index = PlaneIndex(witnesses.map(\.place), cell: 200)
    }

    /// Whether a stop near a place is named after the crossing of two streets.
    func see(_ a: Int, _ b: Int, at place: PlanePoint) -> Bool {
        !index.near(place, within: Self.reach) { number in
            let witness = witnesses[number]
            return witness.first.contains(a) && witness.second.contains(b)
                || witness.first.contains(b) && witness.second.contains(a)
        }.isEmpty
    }
}
