import Civic
public import Gazetteer
public import Geo

/// How well derived lines agree with houses whose street and position come from a register.
public struct StreetAccuracy: Sendable {
    /// The number of houses examined.
    public private(set) var houses = 0
    /// Distances in metres of the houses whose street has a line, ascending.
    public private(set) var distances: [Double] = []
    /// The number of houses farther than `near` from their line but in a block that borders it, that is deep in a yard.
    public private(set) var inYards = 0

    /// The distance within which a line should pass its houses, metres.
    public static let near = 120.0
    /// A block borders a line that passes within this distance, metres.
    private static let beside = 60.0

    private let blocks: [MultiPolygon]
    private let tree: PackedRTree

    /// Starts without houses.
    ///
    /// - Parameter blocks: the areas between which streets run.
    public init(blocks: [MultiPolygon] = []) {
        self.blocks = blocks
        tree = PackedRTree(blocks.map(\.boundingBox))
    }

    /// Adds houses and the lines against which they are measured.
    public mutating func add(_ houses: [Address], against lines: [DerivedStreets.Line]) {
        let byStreet = Dictionary(
            lines.compactMap { line in line.street.map { ($0, line.parts) } },
            uniquingKeysWith: { first, _ in first }
        )
        for house in houses {
            self.houses += 1
            guard let street = house.street, let parts = byStreet[street] else { continue }
            let ruler = Ruler(latitude: house.position.latitude)
            let distance = Self.distance(of: house.position, from: parts, ruler)
            distances.append(distance)
            if distance > Self.near, isInBlock(house.position, beside: parts, ruler) { inYards += 1 }
        }
        distances.sort()
    }

    private func isInBlock(_ place: Coordinate, beside lines: [[Coordinate]], _ ruler: Ruler) -> Bool {
        tree.search(BoundingBox(place)).contains { number in
            guard blocks[number].covers(place) else { return false }
            let rings = blocks[number].polygons.map(\.exterior)
            return rings.joined().contains { Self.distance(of: $0, from: lines, ruler) <= Self.beside }
                || lines.joined().contains { Self.distance(of: $0, from: rings, ruler) <= Self.beside }
        }
    }

    private static func distance(of place: Coordinate, from lines: [[Coordinate]], _ ruler: Ruler) -> Double {
        var nearest = Double.infinity
        for line in lines {
            for (a, b) in zip(line, line.dropFirst()) {
                nearest = min(nearest, ruler.nearest(to: place, onEdgeFrom: a, to: b).1)
            }
        }
        return nearest
    }

    /// The share of the found houses that are near their line, or deep in a block that borders it.
    public var shareServed: Double {
        distances.isEmpty ? 0 : share(within: Self.near) + Double(inYards) / Double(distances.count)
    }

    /// The share of houses whose street has a line, 0 to 1.
    public var found: Double { houses == 0 ? 0 : Double(distances.count) / Double(houses) }

    /// The share of the found houses within a distance of their line.
    public func share(within metres: Double) -> Double {
        distances.isEmpty ? 0 : Double(distances.count { $0 <= metres }) / Double(distances.count)
    }

    /// The distance within which a share of the found houses lies, metres; nil when none was found.
    public func quantile(_ share: Double) -> Double? {
        distances.isEmpty ? nil : distances[min(distances.count - 1, Int(Double(distances.count) * share))]
    }
}

extension StreetDerivation {
    /// The three ways in which lines are checked against the houses of a register.
    public struct Check: Sendable {
        /// Lines made from blocks and stops only, measured on all houses.
        public let withoutHouses: StreetAccuracy
        /// Lines made with one half of the houses and measured on the other half, both ways.
        public let heldOut: StreetAccuracy
        /// Lines made with all houses and measured on the same houses: shows how well they are served, not how good the
        /// method is.
        public let withHouses: StreetAccuracy
    }

    /// Checks the method; derives the lines three more times.
    ///
    /// - Parameters:
    ///   - all: every house used for filling in.
    ///   - result: what was derived with all of them.
    ///   - progress: called with the share that is done.
    public func check(
        _ all: [Address],
        against result: DerivedStreets,
        progress: (Double) -> Void = { _ in }
    ) -> Check {
        let register = all.filter { $0.street != nil && $0.provenance.source.hasPrefix("city-register") }
        let blocks = facts.blocks.compactMap(\.shape)
        var without = StreetAccuracy(blocks: blocks)
        var heldOut = StreetAccuracy(blocks: blocks)
        var with = StreetAccuracy(blocks: blocks)
        with.add(register, against: result.lines)
        without.add(register, against: derive(with: []).lines)
        progress(1.0 / 3)
        for half in [true, false] {
            let lines = derive(with: all.filter { Self.isFirstHalf($0) == half }).lines
            heldOut.add(register.filter { Self.isFirstHalf($0) != half }, against: lines)
            progress(half ? 2.0 / 3 : 1)
        }
        return Check(withoutHouses: without, heldOut: heldOut, withHouses: with)
    }

    // By a hash of the id, so that the halves are the same in every run.
    private static func isFirstHalf(_ address: Address) -> Bool {
        (FNV1a.hash(address.id.rawValue.utf8) >> 17) & 1 == 0
    }
}
