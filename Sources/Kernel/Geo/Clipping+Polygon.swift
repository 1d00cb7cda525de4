extension BoundingBox {
    /// The parts of a polygon inside the box, with their holes, in degrees.
    ///
    /// The polygon is cut by the four sides in turn. Each cut leaves chains of edges, which are joined along the side
    /// in the order in which they meet it, so a part that is split becomes two polygons without a bridge between them.
    /// The polygon must be valid. Cut points are rounded to doubles: parts narrower than that may come out touching
    /// themselves, and parts without area are dropped.
    public func clip(_ polygon: Polygon) -> [Polygon] {
        if contains(polygon.boundingBox) { return [polygon] }
        guard intersects(polygon.boundingBox) else { return [] }
        var rings = polygon.rings.map { Array($0.coordinates.dropLast()) }
        for side in Side.allCases { rings = HalfPlane(box: self, side: side).clip(rings) }
        return Self.assemble(rings.compactMap { try? Ring($0 + $0.prefix(1)) })
    }

    /// The parts of a region inside the box; nil when nothing is left.
    public func clip(_ region: MultiPolygon) -> MultiPolygon? {
        try? MultiPolygon(region.polygons.flatMap { clip($0) })
    }

    /// Gives every clockwise ring as a hole to the smallest counter-clockwise ring around it.
    private static func assemble(_ rings: [Ring]) -> [Polygon] {
        let shells = rings.filter(\.isCounterClockwise).sorted { abs($0.signedArea) < abs($1.signedArea) }
        var holes = [[Ring]](repeating: [], count: shells.count)
        for hole in rings where !hole.isCounterClockwise {
            let home = shells.firstIndex { shell in
                shell.boundingBox.contains(hole.boundingBox) && shell.encloses(hole)
            }
            if let home { holes[home].append(hole) }
        }
        return zip(shells, holes).map { Polygon(exterior: $0, holes: $1) }
    }
}

extension Ring {
    /// Whether another ring, which does not cross this one, lies inside it.
    fileprivate func encloses(_ other: Ring) -> Bool {
        for point in other.coordinates {
            switch locate(point) {
            case .inside: return true
            case .outside: return false
            case .boundary: continue
            }
        }
        return true
    }
}

/// The inner side of one side of a box; cuts rings wound with the interior to the left.
private struct HalfPlane {
    let box: BoundingBox
    let side: BoundingBox.Side

    /// A run of points strictly inside, between the two cut points on the side.
    private struct Chain {
        var points: [Coordinate]
    }

    /// Cuts open rings (first point not repeated); points on the side count as beyond it.
    func clip(_ rings: [[Coordinate]]) -> [[Coordinate]] {
        var whole: [[Coordinate]] = []
        var chains: [Chain] = []
        for ring in rings {
            guard let start = ring.firstIndex(where: { !isInside($0) }) else {
                whole.append(ring)
                continue
            }
            chains += cut(Array(ring[start...] + ring[..<start]))
        }
        return whole + join(chains)
    }

    private func isInside(_ point: Coordinate) -> Bool { box.distance(of: point, inside: side) > 0 }

    /// The chains of a ring whose first point is not inside.
    private func cut(_ ring: [Coordinate]) -> [Chain] {
        var chains: [Chain] = []
        var current: [Coordinate] = []
        for index in ring.indices {
            let (a, b) = (ring[index], ring[(index + 1) % ring.count])
            switch (isInside(a), isInside(b)) {
            case (false, true): current = [crossing(a, b), b]
            case (true, true): current.append(b)
            case (true, false):
                chains.append(Chain(points: current + [crossing(a, b)]))
                current = []
            case (false, false): break
            }
        }
        return chains
    }

    /// Where an edge meets the side; the number fixed by the side is exact.
    private func crossing(_ a: Coordinate, _ b: Coordinate) -> Coordinate {
        let (first, second) = (box.distance(of: a, inside: side), box.distance(of: b, inside: side))
        if first == 0 { return a }
        if second == 0 { return b }
        // Computed from the same end whichever way the edge runs, so that neighbouring areas get the same point.
        let isForward = Coordinate.precedes(a, b)
        let (from, to) = isForward ? (a, b) : (b, a)
        let share = isForward ? first / (first - second) : second / (second - first)
        let onEdge = Coordinate(
            longitude: min(to.longitude, from.longitude + share * (to.longitude - from.longitude)),
            latitude: from.latitude + share * (to.latitude - from.latitude)
        )
        return box.moved(onEdge, onto: side)
    }

    /// Position along the side in the direction which keeps the inside to the left.
    private func progress(_ point: Coordinate) -> Double {
        switch side {
        case .west: -point.latitude
        case .east: point.latitude
        case .south: point.longitude
        case .north: -point.longitude
        }
    }

    /// Closes chains along the side: the end of each runs to the next start.
    ///
    /// Along the side, ends and starts alternate, beginning with an end, since the interior lies between them.
    private func join(_ chains: [Chain]) -> [[Coordinate]] {
        let successor = successors(of: chains)
        var isUsed = [Bool](repeating: false, count: chains.count)
        var rings: [[Coordinate]] = []
        for first in chains.indices where !isUsed[first] {
            var ring: [Coordinate] = []
            var next = first
            while !isUsed[next] {
                isUsed[next] = true
                for point in chains[next].points where ring.last != point { ring.append(point) }
                next = successor[next]
            }
            if ring.count > 1, ring.first == ring.last { ring.removeLast() }
            if ring.count >= 3 { rings.append(ring) }
        }
        return rings
    }

    /// For every chain the one whose start follows its end along the side.
    private func successors(of chains: [Chain]) -> [Int] {
        var ends: [(progress: Double, chain: Int)] = []
        var starts: [(progress: Double, chain: Int)] = []
        for (index, chain) in chains.enumerated() {
            starts.append((progress(chain.points[0]), index))
            ends.append((progress(chain.points[chain.points.count - 1]), index))
        }
        // Pairing the sorted lists one to one yields this alternation, even where several points coincide.
        ends.sort { $0.progress < $1.progress }
        starts.sort { $0.progress < $1.progress }
        var successor = [Int](repeating: 0, count: chains.count)
        for (end, start) in zip(ends, starts) { successor[end.chain] = start.chain }
        return successor
    }
}
