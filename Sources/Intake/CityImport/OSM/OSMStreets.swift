import Gazetteer
import Geo

/// Streets and rivers as ways; streets that cross share the node of their crossing.
struct OSMStreets {
    /// A crossing farther than this from a street's line would bend it, metres.
    private static let reach = 15.0

    private let streets: [Street.ID: Street]
    private let lines: [StreetLine]
    private let plane: LocalPlane?
    private let crossings: [Street.ID: [Coordinate]]

    init(_ contents: GazetteerContents) {
        streets = Dictionary(contents.streets.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        lines = contents.streetLines
        let plane = lines.map(\.line.bounds).reduce(nil as BoundingBox?) { $0?.union($1) ?? $1 }
            .map { LocalPlane(around: $0) }
        self.plane = plane
        var axes: [Street.ID: [PlaneLine]] = [:]
        for line in contents.streetLines {
            guard let street = line.street, let plane else { continue }
            axes[street, default: []] += line.line.lines.map { PlaneLine(points: $0.map(plane.point)) }
        }
        var crossings: [Street.ID: [Coordinate]] = [:]
        for crossing in contents.crossings {
            guard let point = plane?.point(crossing.position) else { continue }
            let both = [crossing.firstStreet, crossing.secondStreet]
            let touchesBoth = both.allSatisfy { street in
                axes[street, default: []].contains { Self.touches($0, point) }
            }
            guard touchesBoth else { continue }
            for street in both { crossings[street, default: []].append(crossing.position) }
        }
        self.crossings = crossings
    }

    /// Adds a way for each part of each line, and returns how many streets have at least one.
    func add(to document: inout OSMDocument, naming: OSMNaming) -> Int {
        var named = Set<Street.ID>()
        for line in lines {
            guard let tags = tags(of: line, naming) else { continue }
            for part in line.line.lines { _ = document.addWays(along: withCrossings(part, of: line.street), tags) }
            if let street = line.street { named.insert(street) }
        }
        return named.count
    }

    private func tags(of line: StreetLine, _ naming: OSMNaming) -> OSMTags? {
        var tags: OSMTags
        switch line.kind {
        case .river:
            tags = OSMTags([("waterway", "river")])
            tags.add(naming.tags(line.names))
        case .street:
            guard let street = line.street.flatMap({ streets[$0] }) else { return nil }
            tags = OSMTags([("highway", Self.classes[line.rank])])
            tags.add(naming.tags(street))
        }
        if line.provenance.confidence == .low { tags["fixme"] = "position" }
        tags["ref:openalmaty"] = line.street?.rawValue ?? line.id.rawValue
        tags["source"] = line.provenance.source
        return tags
    }

    // By the rank of a line, from great avenues to lanes.
    private static let classes = [
        1: "primary", 2: "secondary", 3: "tertiary", 4: "unclassified", 5: "residential",
    ]

    private static func touches(_ line: PlaneLine, _ point: PlanePoint) -> Bool {
        line.foot(of: point).map { $0.distance <= reach } ?? false
    }

    // The points of a part together with the crossings on it, ordered along the line.
    private func withCrossings(_ part: [Coordinate], of street: Street.ID?) -> [Coordinate] {
        guard let plane, let crossings = street.flatMap({ crossings[$0] }) else { return part }
        let line = PlaneLine(points: part.map(plane.point))
        var along = 0.0
        var places: [(along: Double, point: Coordinate)] = []
        for (index, point) in part.enumerated() {
            if index > 0 { along += line.points[index - 1].distance(to: line.points[index]) }
            places.append((along, point))
        }
        for crossing in crossings {
            guard let foot = line.foot(of: plane.point(crossing)), foot.distance <= Self.reach else { continue }
            // Placed before the start, so that the line reaches its crossing without turning back.
            places.append((foot.along > 0 ? foot.along : -foot.distance, crossing))
        }
        return places.enumerated().sorted { ($0.element.along, $0.offset) < ($1.element.along, $1.offset) }
            .map(\.element.point)
    }
}
