import Console
import Geo

/// Points distributed like the institutions of a city with fifteen times as many known as ours; synthetic, never published.
struct SyntheticPoints {
    /// The box around them: the built-up city.
    static let box = BoundingBox(west: 76.78, south: 43.16, east: 77.02, north: 43.36)
    /// The bit that is set in one of twenty masks.
    static let rare: UInt64 = 1

    let coordinates: [Coordinate]
    let masks: [UInt64]

    init(count: Int, seed: UInt64) {
        var sample = PointSample(seed: seed &+ 17)
        coordinates = sample.clustered(in: Self.box, count: count)
        masks = (0..<count).map { _ in sample.isRare() ? Self.rare : 0 }
    }
}
