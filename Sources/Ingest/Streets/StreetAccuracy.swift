public import Gazetteer
import Geo

/// How well derived lines agree with houses whose street and position a register states.
public struct StreetAccuracy: Sendable, Equatable {
    /// Houses that were looked at.
    public private(set) var houses = 0
    /// Distances in metres, of those houses whose street has a line, ascending.
    public private(set) var distances: [Double] = []

    /// Makes an empty account.
    public init() {}

    /// Adds houses and the lines they are measured against.
    public mutating func add(_ houses: [Address], against lines: [DerivedStreets.Line]) {
        let byStreet = Dictionary(
            lines.compactMap { line in line.street.map { ($0, line.parts) } },
            uniquingKeysWith: { first, _ in first }
        )
        for house in houses {
            self.houses += 1
            guard let street = house.street, let parts = byStreet[street] else { continue }
            let ruler = Ruler(latitude: house.position.latitude)
            var nearest = Double.infinity
            for part in parts {
                for (a, b) in zip(part, part.dropFirst()) {
                    nearest = min(nearest, ruler.nearest(to: house.position, onEdgeFrom: a, to: b).1)
                }
            }
            distances.append(nearest)
        }
        distances.sort()
    }

    /// The share of houses whose street has a line, 0 to 1.
    public var found: Double { houses == 0 ? 0 : Double(distances.count) / Double(houses) }

    /// The share of the found houses that lie within a distance of their line.
    public func share(within metres: Double) -> Double {
        distances.isEmpty ? 0 : Double(distances.count { $0 <= metres }) / Double(distances.count)
    }

    /// The distance that a share of the found houses keeps, metres; nil when none was found.
    public func quantile(_ share: Double) -> Double? {
        distances.isEmpty ? nil : distances[min(distances.count - 1, Int(Double(distances.count) * share))]
    }
}

extension StreetDerivation {
    /// The three ways in which lines are checked against the houses of a register.
    public struct Check: Sendable, Equatable {
        /// Lines made from blocks and stops alone, measured on all houses.
        public let withoutHouses: StreetAccuracy
        /// Lines made with one half of the houses, measured on the other half, both ways.
        public let heldOut: StreetAccuracy
        /// Lines made with all houses, measured on the same: how well they are served, no test of the method.
        public let withHouses: StreetAccuracy
    }

    /// Checks the method; derives the lines three times more.
    ///
    /// - Parameters:
    ///   - all: every house that fills in.
    ///   - result: what was derived with all of them.
    ///   - progress: called with the share done.
    public func check(
        _ all: [Address],
        against result: DerivedStreets,
        progress: (Double) -> Void = { _ in }
    ) -> Check {
        let register = all.filter { $0.street != nil && $0.provenance.source.hasPrefix("city-register") }
        var (without, heldOut, with) = (StreetAccuracy(), StreetAccuracy(), StreetAccuracy())
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

    // By a hash of the id (FNV-1a), so that the halves are the same in every run.
    private static func isFirstHalf(_ address: Address) -> Bool {
        let hash = address.id.rawValue.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01b3
        }
        return (hash >> 17) & 1 == 0
    }
}
