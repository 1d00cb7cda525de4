extension AreaIndex {
    /// The area nearest to a point and its ground distance in metres; 0 metres when the area covers the point.
    ///
    /// Equal distances (a common border or corner) go to the first area in input order. Nil only for NaN. Distances
    /// are those of `borderDistance`.
    public func nearestArea(to coordinate: Coordinate) -> (index: Int, metres: Double)? {
        if let index = area(at: coordinate) { return (index, 0) }
        let measure = borderDistance(from: coordinate)
        // Two edges that meet in the nearest vertex tie up to rounding: take the first area among the closest edges. A
        // border edge known to be near bounds the search from its first step; the margin allows for rounding.
        let reach = borderHints.edge(near: coordinate).map { measure($0) * (1 + 1e-9) + 1e-6 } ?? .infinity
        let nearest = edgeTree.nearest(to: coordinate, count: 4, within: reach, distance: measure)
        guard let first = nearest.first else { return nil }
        let tolerance = 1e-9 + first.distance * 1e-12
        let areas = nearest.lazy.filter { $0.distance <= first.distance + tolerance }
            .flatMap { partition.edges[$0.index].areas }
        return areas.min().map { ($0, first.distance) }
    }

    /// Ground distance in metres from a point to the nearest border edge, outer or inner; NaN for NaN.
    public func distanceToBorder(from coordinate: Coordinate) -> Double {
        nearestBorder(to: coordinate)?.metres ?? .nan
    }

    /// The border edge nearest to a point, as its position in `partition.edges`, and its ground distance in metres.
    public func nearestBorder(to coordinate: Coordinate) -> (edge: Int, metres: Double)? {
        edgeTree.nearest(to: coordinate, count: 1, distance: borderDistance(from: coordinate))
            .first.map { ($0.index, $0.distance) }
    }

    /// Measures from a point to an edge: by the ruler within 50 km, beyond that by the geodesic to the ruler's foot
    /// point.
    private func borderDistance(from coordinate: Coordinate) -> (Int) -> Double {
        let ruler = Ruler(latitude: coordinate.latitude)
        let edges = partition.edges
        return { index in
            let (foot, metres) = ruler.nearest(to: coordinate, onEdgeFrom: edges[index].start, to: edges[index].end)
            return metres < 50_000 ? metres : coordinate.distance(to: foot)
        }
    }
}
