import Geo

/// The directions in which the streets of a neighbourhood run: the city is a grid, bent here and there.
struct GridDirections {
    private static let reach = 500.0

    private let middles: [PlanePoint]
    private let edges: [PlanePoint]
    private let index: PlaneIndex

    init(_ network: GapNetwork) {
        let long = network.edges.filter { $0.length > 60 }
        middles = long.map { $0.line.point(at: $0.length / 2) }
        edges = long.compactMap { edge in
            guard let first = edge.line.points.first, let last = edge.line.points.last else { return .zero }
            return last - first
        }
        index = PlaneIndex(middles, cell: 250)
    }

    /// The two directions of the grid around a place, as perpendicular unit vectors; nil if there is no grid.
    func directions(at place: PlanePoint) -> [PlanePoint]? {
        // Multiplying the angles by four makes both families of a grid coincide, so that they can be averaged.
        var sum = PlanePoint.zero
        var total = 0.0
        for number in index.near(place, within: Self.reach) {
            let edge = edges[number]
            let length = edge.length
            guard length > 0 else { continue }
            let weight = length * (1 - middles[number].distance(to: place) / Self.reach)
            sum = sum + edge.unit.turnedFourfold * weight
            total += weight
        }
        guard total > 0, sum.length > total * 0.35 else { return nil }
        let first = sum.unit.quarterAngle
        return [first, first.left]
    }
}

extension PlanePoint {
    // The unit vector at four times the angle.
    fileprivate var turnedFourfold: PlanePoint { turnedTwice.turnedTwice }

    private var turnedTwice: PlanePoint { PlanePoint(x: x * x - y * y, y: 2 * x * y) }

    // A unit vector at a quarter of the angle: halved twice by the half-angle formulas.
    fileprivate var quarterAngle: PlanePoint { halved.halved }

    private var halved: PlanePoint {
        let cosine = max(0, (1 + x) / 2).squareRoot()
        let sine = max(0, (1 - x) / 2).squareRoot()
        return PlanePoint(x: cosine, y: y < 0 ? -sine : sine)
    }
}
