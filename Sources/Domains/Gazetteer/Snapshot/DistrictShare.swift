public import Geo

/// The share of a place that lies in a district.
public struct DistrictShare: Sendable, Equatable {
    /// The district.
    public let id: District.ID
    /// From 0 to 1, relative to the part within the city.
    public let share: Double
}

extension DistrictMap {
    /// Smaller shares are left out, because answers have two decimals.
    private static let leastShare = 0.005
    /// A circle is sampled at the centres of this many cells across; a share is off by less than 0.02.
    private static let cellsAcross = 32
    /// The points of each half of the rim sampled first: a district that fits between two of them has a share below 0.001.
    private static let rimCount = 48
    /// The sampling distance along a line, metres.
    private static let step = 50.0

    /// The districts that a circle reaches, largest share of its area first.
    ///
    /// - Parameters:
    ///   - centre: WGS 84.
    ///   - radius: metres.
    public func shares(around centre: Coordinate, radius: Double) -> [DistrictShare] {
        let ruler = Ruler(latitude: centre.latitude)
        func point(_ east: Double, _ north: Double) -> Coordinate {
            Coordinate(
                longitude: centre.longitude + radius * east / ruler.metresPerDegreeOfLongitude,
                latitude: centre.latitude + radius * north / ruler.metresPerDegreeOfLatitude
            )
        }
        // Both halves of the circle in its rational parametrisation.
        let rim = (0..<Self.rimCount).flatMap { place in
            let t = 2 * (Double(place) + 0.5) / Double(Self.rimCount) - 1
            let (east, north) = ((1 - t * t) / (1 + t * t), 2 * t / (1 + t * t))
            return [point(east, north), point(-east, north)]
        }
        let found = codes(at: rim + [centre])
        if let first = found.first, found.allSatisfy({ $0 == first }) { return shares(ofWeights: [first: 1]) }
        let middles = (0..<Self.cellsAcross).map { 2 * (Double($0) + 0.5) / Double(Self.cellsAcross) - 1 }
        let points = middles.flatMap { north in
            middles.filter { $0 * $0 + north * north <= 1 }.map { point($0, north) }
        }
        return shares(ofWeights: Dictionary(codes(at: points).map { ($0, 1) }, uniquingKeysWith: +))
    }

    /// The districts that a line runs through, largest share of its length first.
    public func shares(along line: MultiLine) -> [DistrictShare] {
        var weights: [UInt8: Double] = [:]
        for part in line.lines {
            for (a, b) in zip(part, part.dropFirst()) {
                let length = Ruler(latitude: a.latitude).distance(from: a, to: b)
                let pieces = max(1, Int((length / Self.step).rounded(.up)))
                let middles = (0..<pieces).map { a.interpolated(to: b, share: (Double($0) + 0.5) / Double(pieces)) }
                for code in codes(at: middles) { weights[code, default: 0] += length / Double(pieces) }
            }
        }
        return shares(ofWeights: weights)
    }

    // By the codes of `codes(at:)`; weights outside the city are ignored.
    private func shares(ofWeights weights: [UInt8: Double]) -> [DistrictShare] {
        let inside = weights.filter { $0.key > 0 }
        let all = inside.values.reduce(0, +)
        guard all > 0 else { return [] }
        return inside.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
            .map { DistrictShare(id: self.all[Int($0.key) - 1].id, share: $0.value / all) }
            .filter { $0.share >= Self.leastShare }
    }
}

extension GazetteerSnapshot {
    /// The result with the districts that its uncertainty reaches, or that its street runs through.
    ///
    /// If there are several, the result has no single district.
    func withDistricts(_ result: GeocodeResult) -> GeocodeResult {
        if let position = result.position, let metres = result.uncertainty, metres > 0 {
            return result.located(in: districts.shares(around: position, radius: metres))
        }
        guard case .street(let index) = result.subject, result.kind == .street, result.districts.count > 1,
            let line = addresses.streetPlaces.parts[index][result.part].line
        else { return result }
        let along = districts.shares(along: line)
        return along.count > 1 ? result.located(in: along) : result
    }
}
