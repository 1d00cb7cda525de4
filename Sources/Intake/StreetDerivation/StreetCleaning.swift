import Geo

/// Cleans up the parts of one street: removes stubs and duplicates, and closes gaps along the street.
struct StreetCleaning {
    /// A branch of the same name that leaves a longer part and is shorter than this share of it is a stub.
    private static let stubShare = 0.35
    private static let longestStub = 700.0
    private static let shortest = 20.0
    private static let lookAhead = 1_500.0
    private static let steep = 0.6
    /// Two parts of the same name do not run side by side within this distance, metres.
    private static let doubleDistance = 180.0
    private static let longestClosedGap = 320.0

    /// Whether a line that closes a gap may run where it would.
    let isFree: (PlaneLine) -> Bool

    /// The parts that are kept, most reliable first.
    func cleaned(_ parts: [StreetPart], supports: [PlanePoint] = []) -> [StreetPart] {
        var kept: [StreetPart] = []
        for part in ordered(joined(ordered(parts)), supports) {
            if kept.contains(where: { isStub(part, of: $0) || isDouble(part, of: $0) }) { continue }
            if let first = kept.first, part.length < 45, first.length > 200 { continue }
            if let first = kept.first, part.ground > .bothSides, first.ground == .bothSides, first.length > 250 {
                continue
            }
            if kept.isEmpty, part.length < 25 { continue }
            kept.append(part)
        }
        return ordered(joined(kept))
    }

    /// The parts without zigzags and redundant points.
    func smoothed(_ parts: [StreetPart]) -> [StreetPart] {
        parts.map { part in
            var smooth = part
            smooth.line = part.line.withoutSpikes().smoothed(width: 30).simplified(tolerance: 2)
            return smooth
        }.filter { $0.length >= Self.shortest }
    }

    /// The parts, most reliable first: long ones named by both sides, with houses and stops along them.
    func ordered(_ parts: [StreetPart], _ supports: [PlanePoint] = []) -> [StreetPart] {
        let keys = parts.map { part in
            let seen = supports.count { (part.line.foot(of: $0)?.distance ?? .infinity) < PointFilling.served }
            let start = part.line.points.first ?? .zero
            return (-part.worth - Double(seen) * 150, start.x, start.y)
        }
        return parts.indices.sorted { keys[$0] < keys[$1] }.map { parts[$0] }
    }

    // A street does not branch off from itself: what leaves it or its straight continuation at a steep angle is another
    // street.
    private func isStub(_ part: StreetPart, of main: StreetPart) -> Bool {
        let longest = part.ground > .bothSides ? main.length * 0.8 : min(Self.longestStub, main.length * Self.stubShare)
        guard part.length < longest, let first = part.line.points.first, let last = part.line.points.last else {
            return false
        }
        let way = main.line.carriedOn(by: Self.lookAhead)
        let direction = (last - first).unit
        return [first, part.line.point(at: part.length / 2), last].contains { point in
            guard let foot = way.foot(of: point), foot.distance < 80 else { return false }
            return abs(way.direction(at: foot.along).dot(direction)) < Self.steep
        }
    }

    private func isDouble(_ part: StreetPart, of main: StreetPart) -> Bool {
        let points = part.line.resampled(every: 20).points
        let length = main.length
        let near = points.count { point in
            guard let foot = main.line.foot(of: point) else { return false }
            return foot.distance < Self.doubleDistance && foot.along > 0 && foot.along < length
        }
        return Double(near) > Double(points.count) * 0.6
    }

    // Joins parts whose ends face each other, the nearest ends first.
    func joined(_ parts: [StreetPart]) -> [StreetPart] {
        var parts = parts
        while let best = nearestPair(parts) {
            let first = best.firstTurned ? parts[best.first].reversed : parts[best.first]
            let second = best.secondTurned ? parts[best.second].reversed : parts[best.second]
            parts[best.first] = first.followed(by: second)
            parts.remove(at: best.second)
        }
        return parts
    }

    private struct Pair {
        let first: Int
        let firstTurned: Bool
        let second: Int
        let secondTurned: Bool
        let distance: Double
    }

    private func nearestPair(_ parts: [StreetPart]) -> Pair? {
        var best: Pair?
        for first in parts.indices {
            for second in parts.indices where second > first {
                for (firstTurned, secondTurned) in [(false, false), (true, false), (false, true), (true, true)] {
                    // `a` starts at the first part's end, `b` at the second part's beginning.
                    let a = firstTurned ? parts[first].line : parts[first].line.reversed
                    let b = secondTurned ? parts[second].line.reversed : parts[second].line
                    guard let from = a.points.first, let to = b.points.first else { continue }
                    let distance = from.distance(to: to)
                    guard distance < min(best?.distance ?? .infinity, Self.longestClosedGap) else { continue }
                    guard looks(a, at: b, distance) else { continue }
                    guard distance < 40 || isFree(PlaneLine(points: [from, to])) else { continue }
                    best = Pair(
                        first: first,
                        firstTurned: firstTurned,
                        second: second,
                        secondTurned: secondTurned,
                        distance: distance
                    )
                }
            }
        }
        return best
    }

    private func looks(_ a: PlaneLine, at b: PlaneLine, _ distance: Double) -> Bool {
        guard let from = a.points.first, let to = b.points.first else { return false }
        let out = a.direction(reach: 80) * -1
        let into = b.direction(reach: 80)
        guard out.dot(into) > 0.6 else { return false }
        guard distance > 30 else { return true }
        let across = (to - from).unit
        return out.dot(across) > 0.85 && into.dot(across) > 0.85
    }
}

extension StreetPart {
    // Metres, weighted down for less reliable stretches.
    fileprivate var worth: Double {
        (grounds[.bothSides] ?? 0) + (grounds[.oneSide] ?? 0) * 0.5 + (grounds[.points] ?? 0) * 0.25
    }
}

extension PlaneLine {
    /// The line with both ends extended straight ahead.
    fileprivate func carriedOn(by metres: Double) -> PlaneLine {
        guard let first = points.first, let last = points.last else { return self }
        let (back, forth) = (direction(reach: 150), reversed.direction(reach: 150))
        return PlaneLine(points: [first - back * metres] + points + [last - forth * metres])
    }

    fileprivate func direction(at along: Double) -> PlanePoint {
        (point(at: along + 25) - point(at: max(0, along - 25))).unit
    }

    /// The line without points at which it turns back on itself.
    func withoutSpikes() -> PlaneLine {
        var kept: [PlanePoint] = []
        for point in points {
            while kept.count >= 2 {
                let (before, last) = (kept[kept.count - 2], kept[kept.count - 1])
                guard (last - before).unit.dot((point - last).unit) < -0.5 else { break }
                kept.removeLast()
            }
            if kept.last != point { kept.append(point) }
        }
        return PlaneLine(points: kept)
    }
}
