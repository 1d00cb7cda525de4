import Civic
package import Geo

/// Reproducible points for checks and measurements.
package struct PointSample {
    private var random: SplitMix64

    package init(seed: UInt64) { random = SplitMix64(seed: seed) }

    /// Points distributed uniformly over a box.
    package mutating func even(over box: BoundingBox, count: Int) -> [Coordinate] {
        (0..<count).map { _ in
            Coordinate(
                longitude: Double.random(in: box.west...box.east, using: &random),
                latitude: Double.random(in: box.south...box.north, using: &random)
            )
        }
    }

    /// Points up to 50 m from a border; one in ten is a vertex of it.
    package mutating func besideBorders(of partition: AreaPartition, count: Int) -> [Coordinate] {
        (0..<count).compactMap { index in
            guard let edge = partition.edges.randomElement(using: &random) else { return nil }
            if index % 10 == 0 { return edge.start }
            let share = Double.random(in: 0...1, using: &random)
            // 50 m at this latitude: 0.00045° north, 0.00061° east.
            return Coordinate(
                longitude: edge.start.longitude + share * (edge.end.longitude - edge.start.longitude)
                    + Double.random(in: -0.00043...0.00043, using: &random),
                latitude: edge.start.latitude + share * (edge.end.latitude - edge.start.latitude)
                    + Double.random(in: -0.00032...0.00032, using: &random)
            )
        }
    }

    /// Points distributed like institutions: seven of ten clustered around a hundred centres, the others anywhere.
    package mutating func clustered(in box: BoundingBox, count: Int) -> [Coordinate] {
        let centres = even(over: box, count: 100)
        return (0..<count).map { _ in
            let anywhere = Double.random(in: 0...1, using: &random) < 0.3
            guard !anywhere, let centre = centres.randomElement(using: &random) else {
                return even(over: box, count: 1)[0]
            }
            return Coordinate(
                longitude: min(box.east, max(box.west, centre.longitude + spread(0.008))),
                latitude: min(box.north, max(box.south, centre.latitude + spread(0.006)))
            )
        }
    }

    /// True for one in twenty.
    package mutating func isRare() -> Bool { Int.random(in: 0..<20, using: &random) == 0 }

    // The sum of four uniform random numbers approximates a normal distribution.
    private mutating func spread(_ width: Double) -> Double {
        (0..<4).reduce(0) { sum, _ in sum + Double.random(in: -width...width, using: &random) } / 2
    }
}
