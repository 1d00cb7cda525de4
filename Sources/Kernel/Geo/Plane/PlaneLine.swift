/// A line through points of the plane.
package struct PlaneLine: Sendable, Equatable {
    /// The vertices in order, in metres.
    package var points: [PlanePoint]

    /// Makes a line of its vertices.
    package init(points: [PlanePoint]) { self.points = points }

    /// Where a point meets a line.
    package struct Foot: Sendable {
        /// The nearest point of the line.
        package let point: PlanePoint
        /// Metres.
        package let distance: Double
        /// Metres from the line's beginning.
        package let along: Double
        /// Which side the point lies on: positive to the left of the line's direction.
        package let side: Double
    }

    /// The length in metres.
    package var length: Double { zip(points, points.dropFirst()).reduce(0) { $0 + $1.0.distance(to: $1.1) } }

    /// The same line in the opposite direction.
    package var reversed: PlaneLine { PlaneLine(points: points.reversed()) }

    /// The nearest point of the line.
    package func foot(of point: PlanePoint) -> Foot? {
        guard let first = points.first else { return nil }
        var best = Foot(point: first, distance: point.distance(to: first), along: 0, side: 0)
        var along = 0.0
        for (a, b) in zip(points, points.dropFirst()) {
            let edge = b - a
            let squared = edge.dot(edge)
            guard squared > 0 else { continue }
            let share = min(1, max(0, (point - a).dot(edge) / squared))
            let foot = a + edge * share
            let distance = point.distance(to: foot)
            if distance < best.distance {
                let length = squared.squareRoot()
                best = Foot(
                    point: foot,
                    distance: distance,
                    along: along + length * share,
                    side: edge.cross(point - a) / length
                )
            }
            along += squared.squareRoot()
        }
        return best
    }

    /// Unit vector of the first `reach` metres of the line.
    package func direction(reach: Double) -> PlanePoint {
        guard let first = points.first else { return .zero }
        return (point(at: min(reach, length)) - first).unit
    }

    /// The point at a distance along the line, its end when that is farther.
    package func point(at distance: Double) -> PlanePoint {
        var left = distance
        for (a, b) in zip(points, points.dropFirst()) {
            let step = a.distance(to: b)
            if left <= step { return step > 0 ? a.toward(b, share: left / step) : a }
            left -= step
        }
        return points.last ?? .zero
    }

    /// The line with points every `step` metres or a little less, both ends kept.
    package func resampled(every step: Double) -> PlaneLine {
        let length = length
        guard length > 0, points.count > 1 else { return self }
        let pieces = max(1, Int((length / step).rounded(.up)))
        var result: [PlanePoint] = []
        var walked = 0.0
        var index = 0
        for piece in 0..<pieces {
            let target = length * Double(piece) / Double(pieces)
            while index < points.count - 2, walked + points[index].distance(to: points[index + 1]) < target {
                walked += points[index].distance(to: points[index + 1])
                index += 1
            }
            let edge = points[index].distance(to: points[index + 1])
            let share = edge > 0 ? min(1, (target - walked) / edge) : 0
            result.append(points[index].toward(points[index + 1], share: share))
        }
        result.append(points[points.count - 1])
        return PlaneLine(points: result)
    }

    /// The line smoothed by a Gaussian along its length, ends kept; `width` is its standard deviation in metres.
    package func smoothed(width: Double, step: Double = 8) -> PlaneLine {
        let even = resampled(every: step).points
        guard even.count > 2 else { return self }
        let reach = Int((width * 3 / step).rounded(.up))
        var result = even
        for index in 1..<(even.count - 1) {
            // The window is symmetric around the point, so that points near an end are not pulled inwards.
            let half = min(reach, index, even.count - 1 - index)
            var (sum, weight) = (PlanePoint.zero, 0.0)
            for offset in -half...half {
                let t = Double(offset) * step / width
                let share = 1 / (1 + t * t * (1 + t * t / 2))
                sum = sum + even[index + offset] * share
                weight += share
            }
            result[index] = sum * (1 / weight)
        }
        return PlaneLine(points: result)
    }

    /// The line without points that are less than `tolerance` metres off it (Douglas and Peucker 1973).
    package func simplified(tolerance: Double) -> PlaneLine {
        guard points.count > 2 else { return self }
        var kept = Set([0, points.count - 1])
        var pending = [(0, points.count - 1)]
        while let (from, to) = pending.popLast() {
            guard to - from > 1 else { continue }
            let chord = PlaneLine(points: [points[from], points[to]])
            var (farthest, offset) = (from, tolerance)
            for index in (from + 1)..<to {
                let distance = chord.foot(of: points[index])?.distance ?? 0
                if distance > offset { (farthest, offset) = (index, distance) }
            }
            guard farthest != from else { continue }
            kept.insert(farthest)
            pending += [(from, farthest), (farthest, to)]
        }
        return PlaneLine(points: kept.sorted().map { points[$0] })
    }
}
