extension PackedRTree {
    /// The items nearest to a point, in order of the given exact distance, ties by position in the input.
    ///
    /// - Parameters:
    ///   - point: Where to measure from, WGS 84 degrees; may lie anywhere.
    ///   - limit: How many items at most.
    ///   - maxMetres: Items farther than this are left out.
    ///   - distance: Ground distance in metres from the point to the item at an input position. It must not be less
    ///     than the true distance to the item's box; NaN leaves the item out.
    public func nearest(
        to point: Coordinate,
        count limit: Int,
        within maxMetres: Double = .infinity,
        distance: (Int) -> Double
    ) -> [Neighbour] {
        guard count > 0, limit > 0, point.longitude.isFinite, point.latitude.isFinite else { return [] }
        return withUnsafeTemporaryAllocation(of: NearestList.Entry.self, capacity: min(limit, count)) { memory in
            var best = NearestList(in: memory, threshold: maxMetres)
            searchNearest(to: point, best: &best, distance: distance)
            return best.drain { $0 }
        }
    }

    /// Best-first search: nodes in order of their lower bound, until that exceeds the worst answer kept.
    private func searchNearest(to point: Coordinate, best: inout NearestList, distance: (Int) -> Double) {
        let bound = BoxDistanceBound(from: point, smallestCosine: smallestCosine)
        var pending = MinimumHeap()
        pending.push(node: boxes.count - 1, key: 0)
        while let (node, key) = pending.pop(), key <= best.threshold {
            let first = Int(references[node])
            for child in first..<endOfNode(startingAt: first) {
                let metres = bound.metres(to: boxes[child])
                guard metres <= best.threshold else { continue }
                if child >= count {
                    pending.push(node: child, key: metres)
                } else {
                    let index = Int(references[child])
                    best.offer(NearestList.Entry(key: distance(index), index: index))
                }
            }
        }
    }
}

/// A lower bound in metres for the ground distance from a fixed point to anything in a box.
///
/// The sphere whose radius is the ellipsoid's smallest radius of curvature is nowhere larger than the ellipsoid, along
/// meridians or parallels, so distances on it are lower bounds. On a sphere the haversine formula bounds the distance
/// from below by the gaps in latitude and longitude and the smallest cos φ involved.
struct BoxDistanceBound {
    private let point: Coordinate
    private let cosines: Double

    init(from point: Coordinate, smallestCosine: Double) {
        self.point = point
        cosines = max(0, cosine(point.latitude.radians)) * smallestCosine
    }

    func metres(to box: BoundingBox) -> Double {
        let vertical = max(0, max(box.south - point.latitude, point.latitude - box.north))
        let horizontal = longitudeGap(to: box)
        let (x, y) = (Self.lowerSine(horizontal), Self.lowerSine(vertical))
        return 2 * Ellipsoid.smallestRadius * (y * y + cosines * x * x).squareRoot()
    }

    /// Degrees of longitude to the nearer side of the box, going either way round.
    private func longitudeGap(to box: BoundingBox) -> Double {
        let (toWest, toEast) = (box.west - point.longitude, point.longitude - box.east)
        let direct = max(toWest, toEast)
        if direct <= 0 { return 0 }
        return max(0, min(direct, 360 - (box.east - box.west) - direct))
    }

    /// A lower bound of the sine of half an angle given in degrees, 0...180: x - x³/6, reduced slightly for rounding.
    private static func lowerSine(_ degrees: Double) -> Double {
        let x = degrees * (.pi / 360)
        return x * (1 - x * x / 6) * (1 - 1e-12)
    }
}

/// A binary heap of tree nodes by their distance bound.
private struct MinimumHeap {
    private var entries: [(node: Int, key: Double)] = []

    init() { entries.reserveCapacity(64) }

    mutating func push(node: Int, key: Double) {
        entries.append((node, key))
        var index = entries.count - 1
        while index > 0, entries[(index - 1) / 2].key > entries[index].key {
            entries.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    mutating func pop() -> (node: Int, key: Double)? {
        guard let top = entries.first else { return nil }
        let last = entries.removeLast()
        guard !entries.isEmpty else { return top }
        entries[0] = last
        var index = 0
        while true {
            var child = 2 * index + 1
            guard child < entries.count else { return top }
            if child + 1 < entries.count, entries[child + 1].key < entries[child].key { child += 1 }
            guard entries[child].key < entries[index].key else { return top }
            entries.swapAt(index, child)
            index = child
        }
    }
}
