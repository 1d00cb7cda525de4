import Geo
import TestSupport
import Testing

@testable import Gazetteer

/// The closest approach of two lines, compared with a search over points along both.
@Suite struct ClosestApproachTests {
    private let ruler = Ruler(latitude: 43.25)

    // Metres east and north of a point of the city.
    private func place(_ east: Double, _ north: Double) -> Coordinate {
        Coordinate(
            longitude: 76.9 + east / ruler.metresPerDegreeOfLongitude,
            latitude: 43.25 + north / ruler.metresPerDegreeOfLatitude
        )
    }

    // The smallest distance from a vertex of one line to a point along the other; corners and ends are among these points.
    private func nearest(_ one: [[Coordinate]], _ other: [[Coordinate]]) -> Double {
        func along(_ lines: [[Coordinate]]) -> [Coordinate] {
            lines.flatMap { line in
                line
                    + zip(line, line.dropFirst()).flatMap { a, b in
                        (1..<400).map { a.interpolated(to: b, share: Double($0) / 400) }
                    }
            }
        }
        func least(_ vertices: [[Coordinate]], _ points: [Coordinate]) -> Double {
            vertices.joined().lazy.flatMap { vertex in points.lazy.map { self.ruler.distance(from: vertex, to: $0) } }
                .min() ?? .infinity
        }
        return min(least(one, along(other)), least(other, along(one)))
    }

    @Test("For random lines the distance is minimal and the midpoint lies between them", arguments: 0..<30)
    func random(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed) + 70)
        func line(_ shift: Double) -> [[Coordinate]] {
            (0..<Int.random(in: 1...3, using: &random)).map { _ in
                (0..<Int.random(in: 1...4, using: &random)).map { _ in
                    place(
                        shift + Double.random(in: 0...900, using: &random),
                        Double.random(in: 0...900, using: &random)
                    )
                }
            }
        }
        let (one, other) = (line(0), line(Double.random(in: 0...1_500, using: &random)))
        let expected = nearest(one, other)
        guard let found = ClosestApproach.between(one, other, reach: 600) else {
            #expect(expected > 597)
            return
        }
        // Points along an edge are at most three metres apart.
        #expect(abs(found.distance - expected) < 3)
        // Another segment of a line may pass closer to the midpoint.
        #expect(nearest([[found.middle]], one) < found.distance / 2 + 3)
        #expect(nearest([[found.middle]], other) < found.distance / 2 + 3)
    }

    @Test("There is no result beyond the reach, and one at its limit")
    func reach() {
        let street = [[place(0, 0), place(1_000, 0)]]
        let beside = [[place(500, 300)]]
        #expect(ClosestApproach.between(street, beside, reach: 299) == nil)
        #expect(ClosestApproach.between(beside, street, reach: 301).map { $0.distance.rounded() } == 300)
        #expect(ClosestApproach.between([[place(0, 0)]], [[place(3, 4)]], reach: 10).map { $0.distance.rounded() } == 5)
        #expect(ClosestApproach.between([], street, reach: 10) == nil)
    }
}
