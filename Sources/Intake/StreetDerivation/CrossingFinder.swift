import Gazetteer
import Geo

/// Finds where lines of two streets cross or meet.
struct CrossingFinder {
    /// A street that ends within this distance of another one meets it, metres.
    private static let reach = 35.0
    /// Meetings of the same two streets within this distance are one crossing (two roadways), metres.
    private static let same = 120.0

    private struct Pair: Hashable {
        let first: Int
        let second: Int
    }

    private struct Segment {
        let street: Int
        let from: PlanePoint
        let to: PlanePoint
        let ground: StreetPart.Ground
        let width: Double
    }

    let derivation: StreetDerivation

    func crossings(of parts: [GapLabel: [StreetPart]]) -> [DerivedStreets.Crossing] {
        var meetings: [Pair: [Meeting]] = [:]
        let segments = segments(of: parts)
        let index = PlaneIndex(segments.map { ($0.from + $0.to) * 0.5 }, cell: 100)
        for (number, a) in segments.enumerated() {
            for other in index.near((a.from + a.to) * 0.5, within: 75) {
                let b = segments[other]
                guard other > number, b.street != a.street, let place = Self.meeting(a, b) else { continue }
                let pair = Pair(first: min(a.street, b.street), second: max(a.street, b.street))
                meetings[pair, default: []].append(
                    Meeting(place: place, width: max(a.width, b.width), ground: max(a.ground, b.ground))
                )
            }
        }
        let evidence = CrossingEvidence(derivation)
        var places = meetings.mapValues { Self.places($0) }
        for (pair, meetings) in stated(by: evidence, beyond: places) { places[pair, default: []] += meetings }
        // Blocks at the city's edge border on blocks beyond it, so some meetings lie outside the city.
        places = places.mapValues { meetings in
            meetings.filter { derivation.facts.isInCity(derivation.plane.coordinate($0.place)) }
        }
        return places.flatMap { records($0, $1, evidence) }.sorted { $0.id < $1.id }
    }

    private struct Meeting {
        let place: PlanePoint
        let width: Double
        let ground: StreetPart.Ground
        var isStated = false
    }

    // Crossings known only from stops: the mean position of the stops named after one.
    private func stated(by evidence: CrossingEvidence, beyond known: [Pair: [Meeting]]) -> [Pair: [Meeting]] {
        var places: [Pair: [PlanePoint]] = [:]
        for stop in evidence.stops {
            guard let (first, second) = stop.pair else { continue }
            let pair = Pair(first: first, second: second)
            let isKnown = known[pair]?.contains { $0.place.distance(to: stop.place) < 400 } ?? false
            if !isKnown { places[pair, default: []].append(stop.place) }
        }
        return places.mapValues { stops in
            // Two stops of one crossing stand on either side of it; stops far from the first belong to another
            // crossing.
            let near = stops.filter { $0.distance(to: stops[0]) < 400 }
            let middle = near.reduce(PlanePoint.zero) { $0 + $1 } * (1 / Double(near.count))
            return [Meeting(place: middle, width: 160, ground: .points, isStated: true)]
        }
    }

    // Segments are short, so that an index of their midpoints finds all of them.
    private func segments(of parts: [GapLabel: [StreetPart]]) -> [Segment] {
        var segments: [Segment] = []
        for (label, parts) in parts.sorted(by: { $0.key < $1.key }) {
            guard case .street(let street) = label else { continue }
            for part in parts {
                let (reach, width) = (Self.reach, part.width ?? 30)
                var points = part.line.resampled(every: 40).points
                // A line ends where the blocks do, but the street continues to the middle of the one it meets.
                if points.count > 1 {
                    points.insert(points[0] + (points[0] - points[1]).unit * reach, at: 0)
                    let last = points.count - 1
                    points.append(points[last] + (points[last] - points[last - 1]).unit * reach)
                }
                for (from, to) in zip(points, points.dropFirst()) {
                    segments.append(Segment(street: street, from: from, to: to, ground: part.ground, width: width))
                }
            }
        }
        return segments
    }

    private static func meeting(_ a: Segment, _ b: Segment) -> PlanePoint? {
        let (u, v) = (a.to - a.from, b.to - b.from)
        let cross = u.cross(v)
        // Nearly parallel lines do not cross.
        guard abs(cross) > 0.2 * u.length * v.length else { return nil }
        let between = b.from - a.from
        let (s, t) = (between.cross(v) / cross, between.cross(u) / cross)
        guard (0...1).contains(s), (0...1).contains(t) else { return nil }
        return a.from + u * s
    }

    private static func places(_ meetings: [Meeting]) -> [Meeting] {
        var places: [[Meeting]] = []
        for meeting in meetings.sorted(by: { ($0.place.x, $0.place.y) < ($1.place.x, $1.place.y) }) {
            if let near = places.firstIndex(where: { $0[0].place.distance(to: meeting.place) < same }) {
                places[near].append(meeting)
            } else {
                places.append([meeting])
            }
        }
        return places.map { group in
            let sum = group.reduce(PlanePoint.zero) { $0 + $1.place }
            return Meeting(
                place: sum * (1 / Double(group.count)),
                width: group.map(\.width).max() ?? 30,
                ground: group.map(\.ground).min() ?? .points
            )
        }
    }

    private func records(_ pair: Pair, _ places: [Meeting], _ evidence: CrossingEvidence) -> [DerivedStreets.Crossing] {
        let ids = [derivation.facts.streets[pair.first].id, derivation.facts.streets[pair.second].id].sorted()
        return places.enumerated().map { number, meeting in
            let isSupported = evidence.supports(pair.first, pair.second, at: meeting.place)
            return DerivedStreets.Crossing(
                id: "crossing-\(ids[0])--\(ids[1])" + (number == 0 ? "" : "-\(number + 1)"),
                first: ids[0],
                second: ids[1],
                position: derivation.plane.coordinate(meeting.place),
                precision: meeting.isStated
                    ? 80 : meeting.ground == .points ? 60 : max(5, (meeting.width / 2).rounded()),
                source: meeting.isStated ? "transport-stops" : "derived",
                confidence: meeting.isStated || meeting.ground == .points
                    ? .low
                    : isSupported ? .high : meeting.ground == .bothSides ? .medium : .low
            )
        }
    }
}
