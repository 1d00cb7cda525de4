import Foundation
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
    /// The number of points that represent the area of a circle; the share on one side of a straight line is off by less than 0.02.
    private static let pointCount = 320
    /// The points of each half of the rim sampled first: a district that fits between two of them has a share below 0.001.
    private static let rimCount = 48
    /// The sampling distance along a line, metres.
    private static let step = 50.0

    /// Points of the rim of the unit circle, and its centre: both halves in their rational parametrisation.
    private static let rim: [(east: Double, north: Double)] =
        (0..<rimCount).flatMap { place in
            let t = 2 * (Double(place) + 0.5) / Double(rimCount) - 1
            let (east, north) = ((1 - t * t) / (1 + t * t), 2 * t / (1 + t * t))
            return [(east, north), (-east, north)]
        } + [(0, 0)]
    /// Points within the unit circle that each stand for an equal area, on a spiral that turns by the golden angle.
    ///
    /// Source: Vogel, "A better way to construct the sunflower head", Mathematical Biosciences 44, 1979.
    private static let disc: [(east: Double, north: Double)] = (0..<pointCount).map { place in
        let radius = ((Double(place) + 0.5) / Double(pointCount)).squareRoot()
        let angle = Double(place) * .pi * (3 - 5.0.squareRoot())
        return (radius * cos(angle), radius * sin(angle))
    }

    /// The districts that a circle reaches, largest share of its area first.
    ///
    /// - Parameters:
    ///   - centre: WGS 84.
    ///   - radius: metres.
    public func shares(around centre: Coordinate, radius: Double) -> [DistrictShare] {
        let ruler = Ruler(latitude: centre.latitude)
        let eastward = radius / ruler.metresPerDegreeOfLongitude
        let northward = radius / ruler.metresPerDegreeOfLatitude
        func code(_ offset: (east: Double, north: Double)) -> UInt8 {
            self.code(
                at: Coordinate(
                    longitude: centre.longitude + eastward * offset.east,
                    latitude: centre.latitude + northward * offset.north
                )
            )
        }
        // This runs for every address of uncertain position, so it allocates nothing for the points.
        var weights = noWeights
        let first = code(Self.rim[0])
        if Self.rim.allSatisfy({ code($0) == first }) {
            weights[Int(first)] = 1
        } else {
            for offset in Self.disc { weights[Int(code(offset))] += 1 }
        }
        return shares(ofWeights: weights)
    }

    /// The districts that a line runs through, largest share of its length first.
    public func shares(along line: MultiLine) -> [DistrictShare] {
        var weights = noWeights
        for part in line.lines {
            for (a, b) in zip(part, part.dropFirst()) {
                let length = Ruler(latitude: a.latitude).distance(from: a, to: b)
                let pieces = max(1, Int((length / Self.step).rounded(.up)))
                for piece in 0..<pieces {
                    let middle = a.interpolated(to: b, share: (Double(piece) + 0.5) / Double(pieces))
                    weights[Int(code(at: middle))] += length / Double(pieces)
                }
            }
        }
        return shares(ofWeights: weights)
    }

    /// A weight of zero for each code: 0 is outside the city, then the districts in their order.
    private var noWeights: [Double] { [Double](repeating: 0, count: all.count + 1) }

    // Weights outside the city are ignored; of equal shares the earlier district comes first.
    private func shares(ofWeights weights: [Double]) -> [DistrictShare] {
        let total = weights.dropFirst().reduce(0, +)
        return all.indices.filter { weights[$0 + 1] / total >= Self.leastShare }
            .sorted { weights[$0 + 1] != weights[$1 + 1] ? weights[$0 + 1] > weights[$1 + 1] : $0 < $1 }
            .map { DistrictShare(id: all[$0].id, share: weights[$0 + 1] / total) }
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
