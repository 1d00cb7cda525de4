extension Polygon {
    /// A point guaranteed inside the polygon, for labels: the middle of its widest horizontal chord.
    ///
    /// The chord is taken at mid-height, moved between two vertices so that it crosses edges properly. When rounding
    /// leaves that point on or outside the border, other heights are tried; a polygon too thin to hold any
    /// representable point gives a point on its boundary.
    public var pointOnSurface: Coordinate {
        let latitudes = Set(rings.flatMap { $0.coordinates.map(\.latitude) }).sorted()
        let middle = boundingBox.center.latitude
        let bands = zip(latitudes, latitudes.dropFirst())
            .map { (centre: $0 + ($1 - $0) / 2, height: $1 - $0) }
            .sorted { abs($0.centre - middle) < abs($1.centre - middle) }
        if let holding = bands.first(where: { abs($0.centre - middle) <= $0.height / 2 }),
            let point = middleOfWidestChord(atLatitude: latitudes.contains(middle) ? holding.centre : middle)
        {
            return point
        }
        for band in bands {
            if let point = middleOfWidestChord(atLatitude: band.centre) { return point }
        }
        return exterior[0]
    }

    /// The middle of the widest stretch of the interior along a parallel, nil when rounding puts it elsewhere.
    private func middleOfWidestChord(atLatitude latitude: Double) -> Coordinate? {
        var crossings: [Double] = []
        for ring in rings {
            for (a, b) in zip(ring.coordinates, ring.coordinates.dropFirst())
            where (a.latitude > latitude) != (b.latitude > latitude) {
                let share = (latitude - a.latitude) / (b.latitude - a.latitude)
                crossings.append(a.longitude + share * (b.longitude - a.longitude))
            }
        }
        crossings.sort()
        var (best, width) = (0.0, -1.0)
        for index in stride(from: 1, to: crossings.count, by: 2) where crossings[index] - crossings[index - 1] > width {
            width = crossings[index] - crossings[index - 1]
            best = crossings[index - 1] + width / 2
        }
        let point = Coordinate(longitude: best, latitude: latitude)
        return width >= 0 && locate(point) == .inside ? point : nil
    }
}
