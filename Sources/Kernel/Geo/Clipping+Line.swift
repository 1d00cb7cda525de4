extension BoundingBox {
    /// The points inside the box or on its sides, in their order.
    public func clip(points: [Coordinate]) -> [Coordinate] { points.filter { contains($0) } }

    /// The parts of a polyline inside the box, in degrees, each with at least two different points.
    ///
    /// Points created where the line meets a side have that side's number exactly; the other number is rounded. A line
    /// which only touches the box in one point leaves nothing.
    ///
    /// Source: Y.-D. Liang and B. A. Barsky, "A new concept and method for line clipping", ACM TOG 3:1 (1984).
    public func clip(line: [Coordinate]) -> [[Coordinate]] {
        var parts: [[Coordinate]] = []
        var current: [Coordinate] = []
        func finish() {
            if current.count > 1 { parts.append(current) }
            current = []
        }
        for (a, b) in zip(line, line.dropFirst()) {
            guard let (from, to) = clip(segmentFrom: a, to: b) else {
                finish()
                continue
            }
            if current.last != from {
                finish()
                current = [from]
            }
            if to != from { current.append(to) }
            if to != b { finish() }
        }
        finish()
        return parts
    }

    /// The part of a straight segment inside the box, nil when there is none.
    public func clip(segmentFrom a: Coordinate, to b: Coordinate) -> (Coordinate, Coordinate)? {
        var (entry, exit) = ((share: 0.0, side: Side?.none), (share: 1.0, side: Side?.none))
        for side in Side.allCases {
            let (first, second) = (distance(of: a, inside: side), distance(of: b, inside: side))
            if first < 0, second < 0 { return nil }
            if first < 0 {
                let share = first / (first - second)
                if share > entry.share || entry.side == nil { entry = (share, side) }
            } else if second < 0 {
                let share = first / (first - second)
                if share < exit.share || exit.side == nil { exit = (share, side) }
            }
        }
        guard entry.share <= exit.share else { return nil }
        return (
            entry.side.map { point(on: $0, from: a, to: b, share: entry.share) } ?? a,
            exit.side.map { point(on: $0, from: a, to: b, share: exit.share) } ?? b
        )
    }

    /// One side of a box.
    enum Side: CaseIterable {
        case west
        case east
        case south
        case north
    }

    /// How far a point lies inside of a side in degrees; negative beyond it.
    func distance(of point: Coordinate, inside side: Side) -> Double {
        switch side {
        case .west: point.longitude - west
        case .east: east - point.longitude
        case .south: point.latitude - south
        case .north: north - point.latitude
        }
    }

    /// The point at a share of a segment, put exactly on a side and not past its corners.
    private func point(on side: Side, from a: Coordinate, to b: Coordinate, share: Double) -> Coordinate {
        let onSegment = Coordinate(
            longitude: min(east, max(west, a.longitude + share * (b.longitude - a.longitude))),
            latitude: min(north, max(south, a.latitude + share * (b.latitude - a.latitude)))
        )
        return moved(onSegment, onto: side)
    }

    /// The point with the number fixed by a side put exactly on it.
    func moved(_ point: Coordinate, onto side: Side) -> Coordinate {
        switch side {
        case .west: Coordinate(longitude: west, latitude: point.latitude)
        case .east: Coordinate(longitude: east, latitude: point.latitude)
        case .south: Coordinate(longitude: point.longitude, latitude: south)
        case .north: Coordinate(longitude: point.longitude, latitude: north)
        }
    }
}
