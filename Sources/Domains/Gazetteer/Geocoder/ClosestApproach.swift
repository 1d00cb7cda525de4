import Geo

/// The closest approach of two lines.
///
/// Distances are measured in a plane around the first line, which is exact enough over a few hundred metres. Segments whose
/// bounding boxes are farther apart than the reach are skipped.
enum ClosestApproach {
    private typealias Point = SIMD2<Double>

    /// The midpoint of the closest points, WGS 84, and their distance, metres; nil when none are within `reach`.
    ///
    /// The closest points of two lines that do not cross include a vertex of one of them, and a crossing is close enough to
    /// a vertex where lines have one at each block.
    ///
    /// - Parameters:
    ///   - first: the parts of a line, WGS 84 degrees; a part may be a single point.
    ///   - second: the parts of the other line.
    ///   - reach: the largest distance between them, metres.
    static func between(
        _ first: [[Coordinate]],
        _ second: [[Coordinate]],
        reach: Double
    ) -> (middle: Coordinate, distance: Double)? {
        guard let origin = first.first?.first else { return nil }
        let ruler = Ruler(latitude: origin.latitude)
        let scale = Point(ruler.metresPerDegreeOfLongitude, ruler.metresPerDegreeOfLatitude)
        let flat = { (line: [[Coordinate]]) in
            line.map { part in
                part.map { Point($0.longitude - origin.longitude, $0.latitude - origin.latitude) * scale }
            }
        }
        let (a, b) = (flat(first), flat(second))
        guard let one = nearest(from: a, to: b, within: reach) else {
            return nearest(from: b, to: a, within: reach).map { answer($0, origin, scale) }
        }
        let other = nearest(from: b, to: a, within: one.distance)
        return answer(other ?? one, origin, scale)
    }

    private struct Near {
        let vertex: Point
        let foot: Point
        let distance: Double
    }

    private static func answer(_ near: Near, _ origin: Coordinate, _ scale: Point) -> (Coordinate, Double) {
        let middle = (near.vertex + near.foot) / 2 / scale
        let place = Coordinate(longitude: origin.longitude + middle.x, latitude: origin.latitude + middle.y)
        return (place, near.distance)
    }

    private static func nearest(from points: [[Point]], to lines: [[Point]], within reach: Double) -> Near? {
        var best: Near?
        var limit = reach
        for line in lines {
            // Treat a single point as a line from itself to itself.
            for (a, b) in zip(line, line.count == 1 ? line[...] : line.dropFirst()) {
                let low = pointwiseMin(a, b) - limit
                let high = pointwiseMax(a, b) + limit
                for part in points {
                    for vertex in part where all(vertex .>= low) && all(vertex .<= high) {
                        let along = b - a
                        let length = (along * along).sum()
                        let share = length > 0 ? min(1, max(0, ((vertex - a) * along).sum() / length)) : 0
                        let foot = a + along * share
                        let off = vertex - foot
                        let metres = (off * off).sum().squareRoot()
                        if metres < limit {
                            best = Near(vertex: vertex, foot: foot, distance: metres)
                            limit = metres
                        }
                    }
                }
            }
        }
        return best
    }
}
