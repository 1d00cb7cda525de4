import Geo

/// Moves lines that are known only from points into unnamed gaps between blocks.
///
/// Points locate a street to within some tens of metres; if an unnamed gap runs along there, the street is in it.
struct GapSnapping {
    private static let reach = 75.0
    private static let parallel = 0.9

    private let spots: [(place: PlanePoint, direction: PlanePoint)]
    private let index: PlaneIndex

    /// - Parameter isOpen: whether a gap of the network may be taken.
    init(_ network: GapNetwork, isOpen: (Int) -> Bool) {
        let step = 15.0
        var spots: [(PlanePoint, PlanePoint)] = []
        for (number, edge) in network.edges.enumerated() where isOpen(number) && edge.length > 30 {
            let points = edge.line.resampled(every: step).points
            for (a, b) in zip(points, points.dropFirst()) { spots.append(((a + b) * 0.5, (b - a).unit)) }
        }
        self.spots = spots.map { (place: $0.0, direction: $0.1) }
        index = PlaneIndex(spots.map(\.0), cell: 80)
    }

    /// The line moved into its gap, if one runs along most of it; otherwise the line unchanged.
    func snapped(_ line: PlaneLine) -> PlaneLine {
        let points = line.resampled(every: 25).points
        guard points.count > 3 else { return line }
        var moved: [PlanePoint] = []
        for (number, point) in points.enumerated() {
            let direction = (points[min(points.count - 1, number + 1)] - points[max(0, number - 1)]).unit
            let near = index.near(point, within: Self.reach) { abs(spots[$0].direction.dot(direction)) > Self.parallel }
            let best = near.min { spots[$0].place.distance(to: point) < spots[$1].place.distance(to: point) }
            if let best { moved.append(spots[best].place) }
        }
        let found = PlaneLine(points: moved).withoutSpikes()
        return moved.count * 10 >= points.count * 6 && found.length > line.length * 0.5 ? found : line
    }
}
