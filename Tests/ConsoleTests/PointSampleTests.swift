import Console
import Geo
import Testing

@Suite struct PointSampleTests {
    private static let box = BoundingBox(west: 76.7, south: 43.1, east: 77.1, north: 43.4)

    @Test("Points lie in the box, and the seed alone determines them")
    func reproducible() {
        func points(_ seed: UInt64) -> [Coordinate] {
            var sample = PointSample(seed: seed)
            return sample.even(over: Self.box, count: 500) + sample.clustered(in: Self.box, count: 500)
        }
        let first = points(1)
        #expect(first.count == 1_000 && first == points(1) && first != points(2))
        for point in first {
            #expect((Self.box.west...Self.box.east).contains(point.longitude))
            #expect((Self.box.south...Self.box.north).contains(point.latitude))
        }
    }

    @Test("One in twenty is rare")
    func rare() {
        var sample = PointSample(seed: 5)
        // The standard deviation of the count is 69.
        #expect((4_650...5_350).contains((0..<100_000).count { _ in sample.isRare() }))
    }
}
