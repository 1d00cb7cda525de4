import Geo

/// Fits the axis of a street through the houses and stops along it.
struct AxisFit {
    fileprivate static let widest = 90.0

    let grid: GridDirections

    /// A straight axis through points, or a bent one if a straight one does not fit; nil if neither does.
    func axis(through points: [StreetPoints.Point]) -> PlaneLine? {
        guard points.count >= 2 else { return nil }
        let middle = points.reduce(PlanePoint.zero) { $0 + $1.place } * (1 / Double(points.count))
        let fits = candidates(points, middle).map { Fit(points, from: middle, along: $0) }
            .filter { $0.extent > 60 }
        guard let best = fits.min(by: { $0.cost < $1.cost }) else { return nil }
        if best.residual <= Self.widest { return best.line }
        return points.count >= 5 ? best.bent : nil
    }

    // The directions of the grid, and the direction of the points themselves if there are at least three.
    private func candidates(_ points: [StreetPoints.Point], _ middle: PlanePoint) -> [PlanePoint] {
        var (xx, xy, yy) = (0.0, 0.0, 0.0)
        for point in points {
            let offset = point.place - middle
            (xx, xy, yy) = (xx + offset.x * offset.x, xy + offset.x * offset.y, yy + offset.y * offset.y)
        }
        // The principal axis of inertia, by the half-angle of (xx - yy, 2xy).
        let double = PlanePoint(x: xx - yy, y: 2 * xy).unit
        let cosine = max(0, (1 + double.x) / 2).squareRoot()
        let sine = max(0, (1 - double.x) / 2).squareRoot()
        let row = PlanePoint(x: cosine, y: double.y < 0 ? -sine : sine)
        guard let grid = grid.directions(at: middle) else { return [row] }
        return grid + (points.count >= 3 ? [row] : [])
    }

    private struct Fit {
        let feet: [(along: Double, beside: Double)]
        let origin: PlanePoint
        let direction: PlanePoint
        let offset: Double

        init(_ points: [StreetPoints.Point], from middle: PlanePoint, along direction: PlanePoint) {
            origin = middle
            self.direction = direction
            feet = points.map { point in
                let way = point.place - middle
                return (way.dot(direction), direction.cross(way))
            }.sorted { ($0.along, $0.beside) < ($1.along, $1.beside) }
            // Houses stand on both sides, so the axis is halfway between the outermost ones; if they are too far apart,
            // it follows the median.
            let sides = feet.map(\.beside).sorted()
            let median = (sides[(sides.count - 1) / 2] + sides[sides.count / 2]) / 2
            let middle = (sides[0] + sides[sides.count - 1]) / 2
            offset = sides[sides.count - 1] - sides[0] < AxisFit.widest * 2 ? middle : median
        }

        var extent: Double { (feet.last?.along ?? 0) - (feet.first?.along ?? 0) }

        /// The distance from the axis within which nine of ten points lie.
        var residual: Double {
            let all = feet.map { abs($0.beside - offset) }.sorted()
            return all[min(all.count - 1, Int(Double(all.count) * 0.9))]
        }

        var cost: Double {
            let squares = feet.reduce(0) { $0 + ($1.beside - offset) * ($1.beside - offset) }
            return (squares / Double(feet.count)).squareRoot() - extent * 0.02
        }

        var line: PlaneLine {
            let (first, last) = (feet.first?.along ?? 0, feet.last?.along ?? 0)
            return PlaneLine(points: [place(first, offset), place(last, offset)])
        }

        // A running median over five neighbours along the row.
        var bent: PlaneLine? {
            let smooth = feet.indices.map { index in
                let near = feet[max(0, index - 2)...min(feet.count - 1, index + 2)]
                let beside = near.map(\.beside).sorted()
                return (along: feet[index].along, beside: beside[beside.count / 2])
            }
            let off = zip(feet, smooth).count { abs($0.beside - $1.beside) > 100 }
            guard off * 4 <= feet.count else { return nil }
            var points: [PlanePoint] = []
            var reached = -Double.infinity
            for foot in smooth where foot.along - reached > 40 {
                points.append(place(foot.along, foot.beside))
                reached = foot.along
            }
            let line = PlaneLine(points: points)
            // A street does not wind back and forth.
            return line.length < extent * 1.5 ? line.smoothed(width: 150, step: 30) : nil
        }

        private func place(_ along: Double, _ beside: Double) -> PlanePoint {
            origin + direction * along + direction.left * beside
        }
    }
}
