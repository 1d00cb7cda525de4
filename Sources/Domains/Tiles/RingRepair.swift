/// Makes rings on an integer grid valid again after rounding has made them touch or cross themselves.
///
/// Where edges cross or touch, a corner is inserted (rounded to the grid) until no edges do; then each ring is split
/// where it passes a corner twice. Loops wound like the exterior are polygons. Those wound the other way are holes of
/// the loop around them; without such a loop they are the fold of a bow tie and are dropped. Source of the idea: J. D.
/// Hobby, "Practical segment intersection with finite precision output", Comput. Geom. 13 (1999).
enum RingRepair {
    /// Valid polygons from open rings, the exterior first, wound with the inside to the left when north is up.
    static func polygons(_ rings: [[TilePoint]]) -> [[[TilePoint]]] {
        let rings = rings.map(\.withoutSpikes)
        guard let exterior = rings.first, exterior.count > 2 else { return [] }
        let sound = rings.filter { $0.count > 2 }
        if RingCrossings.nodes(of: sound).isEmpty { return exterior.doubledArea > 0 ? [sound] : [] }
        return assembled(noded(sound).flatMap(loops))
    }

    /// The rings with a corner wherever edges meet.
    private static func noded(_ rings: [[TilePoint]]) -> [[TilePoint]] {
        var rings = rings
        // Each round moves edges by less than a unit; in practice two or three are enough.
        for _ in 0..<12 {
            let nodes = RingCrossings.nodes(of: rings).filter { !$0.isCorner }
            if nodes.isEmpty { break }
            for (index, ring) in rings.enumerated() {
                let own = nodes.filter { $0.ring == index }
                if !own.isEmpty { rings[index] = inserted(own, into: ring) }
            }
        }
        return rings
    }

    private static func inserted(_ nodes: [RingCrossings.Node], into ring: [TilePoint]) -> [TilePoint] {
        let byEdge = Dictionary(grouping: nodes, by: \.edge)
        var points: [TilePoint] = []
        for (edge, start) in ring.enumerated() {
            points.append(start)
            let inner = (byEdge[edge] ?? []).map(\.point).sorted {
                start.squaredDistance($0) < start.squaredDistance($1)
            }
            points += inner
        }
        return points.withoutSpikes
    }

    /// Splits a ring where it passes a corner twice.
    private static func loops(_ ring: [TilePoint]) -> [[TilePoint]] {
        var loops: [[TilePoint]] = []
        var path: [TilePoint] = []
        var places: [TilePoint: Int] = [:]
        for point in ring {
            if let place = places[point] {
                let loop = Array(path[place...])
                for passed in loop { places[passed] = nil }
                path.removeSubrange(place...)
                loops.append(loop)
            }
            places[point] = path.count
            path.append(point)
        }
        loops.append(path)
        return loops.map(\.withoutSpikes).filter { $0.count > 2 && $0.doubledArea != 0 }
    }

    private static func assembled(_ loops: [[TilePoint]]) -> [[[TilePoint]]] {
        var shells: [[TilePoint]] = []
        // A shell inside another is an area wound around twice.
        for shell in loops.filter({ $0.doubledArea > 0 }).sorted(by: { $0.doubledArea > $1.doubledArea })
        where !shells.contains(where: { $0.encloses(shell) }) {
            shells.append(shell)
        }
        var polygons = shells.map { [$0] }
        for hole in loops where hole.doubledArea < 0 {
            let home = shells.firstIndex { shell in
                -hole.doubledArea < shell.doubledArea && shell.encloses(hole)
            }
            // A hole may touch its shell, or another hole, in one point; touching in two would split the interior.
            guard let home, polygons[home].allSatisfy({ Set($0).intersection(hole).count < 2 }) else { continue }
            polygons[home].append(hole)
        }
        return polygons
    }
}

extension TilePoint {
    func squaredDistance(_ other: TilePoint) -> Int {
        let (dx, dy) = (Int(x) - Int(other.x), Int(y) - Int(other.y))
        return dx * dx + dy * dy
    }
}

extension [TilePoint] {
    /// The open ring without repeated points and without edges that run straight back.
    var withoutSpikes: [TilePoint] {
        var points = withoutRepeats
        while points.count > 1, points.first == points.last { points.removeLast() }
        var index = 0
        var unchanged = 0
        while points.count > 2, unchanged < points.count {
            index %= points.count
            let before = points[(index + points.count - 1) % points.count]
            let after = points[(index + 1) % points.count]
            guard before == after || points[index].isSpike(from: before, to: after) else {
                index += 1
                unchanged += 1
                continue
            }
            points.remove(at: index)
            if points.count > 1, index < points.count,
                points[index] == points[(index + points.count - 1) % points.count]
            {
                points.remove(at: index)
            } else if points.count > 1, points.first == points.last {
                points.removeLast()
            }
            index = Swift.max(0, index - 2)
            unchanged = 0
        }
        return points.count > 2 ? points : []
    }

    /// Whether most of another ring lies inside, given that the two do not cross.
    func encloses(_ other: [TilePoint]) -> Bool {
        // A corner of the other ring that is not a corner of this one decides; if there is none, it counts as inside.
        let own = Set(self)
        guard let probe = other.first(where: { !own.contains($0) }) else { return true }
        var isInside = false
        for (a, b) in zip(self, self.dropFirst() + prefix(1)) where (a.y > probe.y) != (b.y > probe.y) {
            let cross =
                (Int(b.x) - Int(a.x)) * (Int(probe.y) - Int(a.y)) - (Int(probe.x) - Int(a.x)) * (Int(b.y) - Int(a.y))
            if (cross > 0) == (b.y > a.y) { isInside.toggle() }
        }
        return isInside
    }
}

extension TilePoint {
    /// Whether the path from one neighbour through this point to the other runs straight back on itself.
    fileprivate func isSpike(from before: TilePoint, to after: TilePoint) -> Bool {
        let (ux, uy) = (Int(x) - Int(before.x), Int(y) - Int(before.y))
        let (vx, vy) = (Int(after.x) - Int(x), Int(after.y) - Int(y))
        return ux * vy - uy * vx == 0 && ux * vx + uy * vy < 0
    }
}
