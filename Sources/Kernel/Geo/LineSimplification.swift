/// Simplification of single lines and rings on a plane.
///
/// Source: D. Douglas and T. Peucker, "Algorithms for the reduction of the number of points required to represent a
/// digitized line", Cartographica 10:2 (1973). Borders that areas share need `AreaPartition.simplified(tolerance:)`.
public enum LineSimplification {
    /// The positions, ascending, of the points to keep: both ends, and every point needed so that no dropped one lies
    /// farther than the tolerance from the line through its kept neighbours.
    ///
    /// - Parameters:
    ///   - points: x and y in the units of a plane.
    ///   - tolerance: greatest distance in the same units; with 0 only points exactly on the line are dropped.
    public static func kept(_ points: [SIMD2<Double>], tolerance: Double) -> [Int] {
        guard points.count > 2 else { return Array(points.indices) }
        var isKept = [Bool](repeating: false, count: points.count)
        isKept[0] = true
        isKept[points.count - 1] = true
        var pending = [(0, points.count - 1)]
        while let (first, last) = pending.popLast() {
            guard let split = farthest(points, first, last, beyond: tolerance * tolerance) else { continue }
            isKept[split] = true
            pending.append((first, split))
            pending.append((split, last))
        }
        return points.indices.filter { isKept[$0] }
    }

    /// The positions to keep of an open ring (first point not repeated); at least three where it has three.
    ///
    /// The ring is cut at its first point and at the one farthest from it, so that neither half can vanish.
    public static func kept(ring: [SIMD2<Double>], tolerance: Double) -> [Int] {
        guard ring.count > 3 else { return Array(ring.indices) }
        var (opposite, reach) = (0, -1.0)
        for index in ring.indices {
            let distance = squaredLength(ring[index] - ring[0])
            if distance > reach { (opposite, reach) = (index, distance) }
        }
        guard opposite > 0 else { return [0] }
        let there = kept(Array(ring[0...opposite]), tolerance: tolerance)
        let back = kept(Array(ring[opposite...]) + [ring[0]], tolerance: tolerance).map { $0 + opposite }
        var positions = there + back.dropFirst().dropLast()
        if positions.count == 2, let third = farthestFromChord(ring, opposite) {
            positions = [0, opposite, third].sorted()
        }
        return positions
    }

    private static func farthestFromChord(_ ring: [SIMD2<Double>], _ opposite: Int) -> Int? {
        ring.indices.filter { $0 != 0 && $0 != opposite }
            .max { distance(ring[$0], ring[0], ring[opposite]) < distance(ring[$1], ring[0], ring[opposite]) }
    }

    private static func farthest(
        _ points: [SIMD2<Double>],
        _ first: Int,
        _ last: Int,
        beyond limit: Double
    ) -> Int? {
        var (found, greatest) = (Int?.none, limit)
        for index in (first + 1)..<max(first + 1, last) {
            let distance = distance(points[index], points[first], points[last])
            if distance > greatest { (found, greatest) = (index, distance) }
        }
        return found
    }

    /// Squared distance of a point from a segment.
    private static func distance(_ point: SIMD2<Double>, _ start: SIMD2<Double>, _ end: SIMD2<Double>) -> Double {
        let (along, offset) = (end - start, point - start)
        let length = squaredLength(along)
        guard length > 0 else { return squaredLength(offset) }
        let share = min(1, max(0, (offset.x * along.x + offset.y * along.y) / length))
        return squaredLength(offset - along * share)
    }

    private static func squaredLength(_ vector: SIMD2<Double>) -> Double { vector.x * vector.x + vector.y * vector.y }
}
