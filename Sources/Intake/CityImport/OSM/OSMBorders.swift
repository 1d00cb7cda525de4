import Gazetteer
import Geo

/// The districts and the city as boundary relations that share the ways of their common borders.
struct OSMBorders {
    /// The names of the city itself; the gazetteer holds only its districts.
    static let city = Names(kk: "Алматы", ru: "Алматы", en: "Almaty")
    // A city of republican significance ranks with the regions, at level 4; its districts are two levels below.
    private static let levels = (city: "4", district: "6")

    /// An undirected edge, so that both neighbours find it.
    private struct Edge: Hashable {
        let from: Coordinate
        let to: Coordinate

        init(_ a: Coordinate, _ b: Coordinate) {
            let isOrdered = (a.longitude, a.latitude) < (b.longitude, b.latitude)
            (from, to) = isOrdered ? (a, b) : (b, a)
        }
    }

    private let districts: [District]
    private let owners: [Edge: [Int]]

    init(_ districts: [District]) {
        self.districts = districts
        var owners: [Edge: [Int]] = [:]
        for (index, district) in districts.enumerated() {
            for ring in district.shape.polygons.flatMap(\.rings) {
                for (a, b) in zip(ring.coordinates, ring.coordinates.dropFirst()) {
                    owners[Edge(a, b), default: []].append(index)
                }
            }
        }
        self.owners = owners
    }

    /// Adds the districts and then the city, whose outline consists of the edges with one owner; returns the number of
    /// districts.
    func add(to document: inout OSMDocument, naming: OSMNaming) -> Int {
        guard !districts.isEmpty else { return 0 }
        var known: [Edge: [Int]] = [:]
        var outline: [OSMDocument.Member] = []
        for district in districts {
            var members: [OSMDocument.Member] = []
            for polygon in district.shape.polygons {
                for (number, ring) in polygon.rings.enumerated() {
                    for stretch in stretches(of: ring.coordinates) {
                        let edge = Edge(stretch[0], stretch[1])
                        let ways = known[edge] ?? document.addWays(along: stretch, Self.wayTags(Self.levels.district))
                        for (a, b) in zip(stretch, stretch.dropFirst()) { known[Edge(a, b)] = ways }
                        let added = ways.map { OSMDocument.Member(way: $0, role: number == 0 ? .outer : .inner) }
                        members += added
                        if owners[edge, default: []].count == 1 { outline += added }
                    }
                }
            }
            document.addRelation(members, tags(of: district, naming))
        }
        document.addRelation(outline, cityTags(naming))
        return districts.count
    }

    // The stretches of a closed ring along which the owners stay the same.
    private func stretches(of ring: [Coordinate]) -> [[Coordinate]] {
        let sides = zip(ring, ring.dropFirst()).map { owners[Edge($0, $1), default: []] }
        // Starting where the owners change keeps every stretch in one piece.
        let start = sides.indices.first { sides[$0] != sides[($0 + sides.count - 1) % sides.count] } ?? 0
        var stretches: [[Coordinate]] = []
        for step in sides.indices {
            let edge = (start + step) % sides.count
            if step == 0 || sides[edge] != sides[(edge + sides.count - 1) % sides.count] {
                stretches.append([ring[edge]])
            }
            stretches[stretches.count - 1].append(ring[edge + 1])
        }
        return stretches
    }

    private func tags(of district: District, _ naming: OSMNaming) -> OSMTags {
        var tags = Self.areaTags(Self.levels.district)
        tags.add(naming.tags(district.names))
        tags.set(district.oldNames, for: "old_name")
        tags["ref:openalmaty"] = district.id.rawValue
        tags["source"] = district.provenance.source
        tags["source:date"] = district.provenance.date
        return tags
    }

    private func cityTags(_ naming: OSMNaming) -> OSMTags {
        var tags = Self.areaTags(Self.levels.city)
        tags["place"] = "city"
        tags.add(naming.tags(Self.city))
        return tags
    }

    private static func areaTags(_ level: String) -> OSMTags {
        OSMTags([("type", "boundary"), ("boundary", "administrative"), ("admin_level", level)])
    }

    private static func wayTags(_ level: String) -> OSMTags {
        OSMTags([("boundary", "administrative"), ("admin_level", level)])
    }
}
