import Geo

/// The evidence that houses and stops give for the gaps beside them.
///
/// A house has its number from the street that runs past it, so it is evidence for that street. But it is set back from
/// the axis, and at a corner it is close to two streets, so one house says little and several together say much.
struct GapEvidence {
    private static let houseReach = 75.0
    private static let stopReach = 100.0
    private static let maxEvidence = 0.8

    /// For each gap of the network, how strongly points suggest each street.
    let byGap: [[GapLabel: Double]]

    init(_ network: GapNetwork, _ points: StreetPoints) {
        let spots = network.edges.enumerated().flatMap { index, edge in
            edge.line.resampled(every: 25).points.dropFirst().dropLast().map { (index, $0) }
        }
        let headings = network.edges.map { edge in (network.nodes[edge.end] - network.nodes[edge.start]).unit }
        // A stop is named after the street it is next to, so it is evidence for the gaps that meet at that corner.
        let corners = network.edges.enumerated().flatMap { index, edge in
            [(index, network.nodes[edge.start]), (index, network.nodes[edge.end])]
        }
        let houses = NearbyPoints(spots, reach: Self.houseReach, weight: 0.5)
        let stops = NearbyPoints(corners, reach: Self.stopReach, weight: 0.3)
        var sums: [[GapLabel: Double]] = Array(repeating: [:], count: network.edges.count)
        for (street, points) in points.byStreet.sorted(by: { $0.key < $1.key }) {
            for point in points {
                let nearby = point.kind == .house ? houses : stops
                // The gap in which a stop stands belongs to a different street from the one it is named after.
                let own = point.kind == .stop ? houses.nearest(to: point.place) : nil
                for (gap, weight) in nearby.weights(for: point.place) {
                    if let own, abs(headings[own].dot(headings[gap])) > 0.5 { continue }
                    sums[gap][.street(street), default: 0] += weight
                }
            }
        }
        byGap = sums.map { $0.mapValues { min(Self.maxEvidence, $0) }.filter { $0.value > 0.1 } }
    }

    private struct NearbyPoints {
        private let spots: [(gap: Int, place: PlanePoint)]
        private let index: PlaneIndex
        private let reach: Double
        private let weight: Double

        init(_ spots: [(gap: Int, place: PlanePoint)], reach: Double, weight: Double) {
            self.spots = spots
            self.reach = reach
            self.weight = weight
            index = PlaneIndex(spots.map(\.place), cell: 80)
        }

        func nearest(to place: PlanePoint) -> Int? {
            let near = index.near(place, within: 60)
            return near.min { spots[$0].place.distance(to: place) < spots[$1].place.distance(to: place) }
                .map { spots[$0].gap }
        }

        // Nearer gaps weigh more; each gap counts once.
        func weights(for place: PlanePoint) -> [Int: Double] {
            var nearest: [Int: Double] = [:]
            for spot in index.near(place, within: reach) {
                let gap = spots[spot].gap
                nearest[gap] = min(nearest[gap] ?? .infinity, spots[spot].place.distance(to: place))
            }
            return nearest.mapValues { weight * (1 - $0 / reach) }
        }
    }
}
