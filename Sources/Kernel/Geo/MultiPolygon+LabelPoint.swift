extension MultiPolygon {
    /// The point of the largest part that is farthest from its border, for placing a label: WGS 84 degrees.
    ///
    /// Cells are searched best first and split until none can contain a point better by a hundredth of the part's
    /// width. Distances are planar, with longitudes shortened to the part's middle latitude. Source: the quadtree
    /// search of V. Agafonkin, "A new algorithm for finding a visual center of a polygon" (2016).
    public var labelPoint: Coordinate {
        var (largest, area) = (polygons[0], -Double.infinity)
        for polygon in polygons where polygon.area > area { (largest, area) = (polygon, polygon.area) }
        return LabelSearch(largest).best
    }
}

private struct LabelSearch {
    private struct Cell {
        let center: Coordinate
        /// Half the side of the cell, in degrees of latitude.
        let half: Double
        let distance: Double

        /// No point of the cell is farther from the border than this.
        var reach: Double { distance + half * 2.0.squareRoot() }
    }

    private let polygon: Polygon
    private let shortening: Double

    init(_ polygon: Polygon) {
        self.polygon = polygon
        shortening = max(0.01, cosine(polygon.boundingBox.center.latitude.radians))
    }

    var best: Coordinate {
        let box = polygon.boundingBox
        let half = max(box.width * shortening, box.height) / 2
        var best = cell(polygon.pointOnSurface, half: 0)
        var pending = [cell(box.center, half: half)]
        let enough = half / 50
        while let index = pending.indices.max(by: { pending[$0].reach < pending[$1].reach }) {
            let next = pending.remove(at: index)
            if next.distance > best.distance { best = next }
            if next.reach - best.distance <= enough { continue }
            let quarter = next.half / 2
            for (x, y) in [(-1.0, -1.0), (1, -1), (-1, 1), (1, 1)] {
                let center = Coordinate(
                    longitude: next.center.longitude + x * quarter / shortening,
                    latitude: next.center.latitude + y * quarter
                )
                pending.append(cell(center, half: quarter))
            }
        }
        return best.center
    }

    /// A cell with the distance of its centre from the border, negative outside.
    private func cell(_ center: Coordinate, half: Double) -> Cell {
        var nearest = Double.infinity
        for ring in polygon.rings {
            for (a, b) in zip(ring.coordinates, ring.coordinates.dropFirst()) {
                nearest = min(nearest, squaredDistance(center, a, b))
            }
        }
        let distance = nearest.squareRoot()
        return Cell(center: center, half: half, distance: polygon.covers(center) ? distance : -distance)
    }

    private func squaredDistance(_ point: Coordinate, _ a: Coordinate, _ b: Coordinate) -> Double {
        let (ax, ay) = ((a.longitude - point.longitude) * shortening, a.latitude - point.latitude)
        let (dx, dy) = ((b.longitude - a.longitude) * shortening, b.latitude - a.latitude)
        let length = dx * dx + dy * dy
        let share = length > 0 ? min(1, max(0, -(ax * dx + ay * dy) / length)) : 0
        let (x, y) = (ax + share * dx, ay + share * dy)
        return x * x + y * y
    }
}
