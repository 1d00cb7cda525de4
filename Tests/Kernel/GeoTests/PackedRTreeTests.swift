import TestSupport
import Testing

@testable import Geo

@Suite struct PackedRTreeTests {
    private func boxes(_ count: Int, seed: UInt64) -> [BoundingBox] {
        var random = SplitMix64(seed: seed)
        return (0..<count).map { index in
            let corner = random.coordinate(in: .almaty)
            let size = index % 10 == 0 ? 0.1 : 0.002
            return BoundingBox(
                west: corner.longitude,
                south: corner.latitude,
                east: corner.longitude + random.double(0, size),
                north: corner.latitude + random.double(0, size)
            )
        }
    }

    @Test(arguments: [0, 1, 2, 15, 16, 17, 256, 257, 5000])
    func searchAgreesWithAScan(count: Int) {
        let items = boxes(count, seed: UInt64(count))
        let tree = PackedRTree(items)
        #expect(tree.count == count)
        for query in boxes(60, seed: 99) {
            #expect(tree.search(query) == items.indices.filter { items[$0].intersects(query) })
        }
        #expect(tree.search(BoundingBox(west: 0, south: 0, east: 1, north: 1)).isEmpty)
    }

    @Test(arguments: [1, 5, 17, 800])
    func nearestAgreesWithAScan(count: Int) {
        var random = SplitMix64(seed: 7)
        let items = boxes(count, seed: UInt64(count) + 1).map { BoundingBox($0.center) }
        let tree = PackedRTree(items)
        for trial in 0..<40 {
            let wide = BoundingBox(west: -180, south: -89, east: 180, north: 89)
            let place = random.coordinate(in: trial % 2 == 0 ? .almaty : wide)
            let exact = items.map { place.distance(to: $0.center) }
            let k = [1, 3, 60, 1000][trial % 4]
            let expected = exact.indices.sorted { (exact[$0], $0) < (exact[$1], $1) }.prefix(k)
            let found = tree.nearest(to: place, count: k) { exact[$0] }
            #expect(found.map(\.index) == Array(expected))
            #expect(found.map(\.distance) == expected.map { exact[$0] })
            let limit = exact[expected[expected.count / 2]]
            #expect(
                tree.nearest(to: place, count: k, within: limit) { exact[$0] }.map(\.index)
                    == expected.filter { exact[$0] <= limit }
            )
        }
    }

    @Test func boundsHoldAllOverTheEarth() {
        var random = SplitMix64(seed: 8)
        let globe = BoundingBox(west: -180, south: -90, east: 180, north: 90)
        for _ in 0..<20_000 {
            let (place, target) = (random.coordinate(in: globe), random.coordinate(in: globe))
            let box = BoundingBox(target)
            let bound = BoxDistanceBound(from: place, smallestCosine: max(0, cosine(target.latitude.radians)))
            #expect(bound.metres(to: box) <= place.distance(to: target))
        }
    }

    @Test func emptyAndHopelessQueriesFindNothing() {
        let tree = PackedRTree([])
        #expect(tree.boundingBox == nil)
        #expect(tree.nearest(to: Coordinate(longitude: 0, latitude: 0), count: 3) { _ in 0 }.isEmpty)
        let one = PackedRTree([BoundingBox(Coordinate(longitude: 0, latitude: 0))])
        #expect(one.nearest(to: Coordinate(longitude: .nan, latitude: 0), count: 1) { _ in 0 }.isEmpty)
        #expect(one.nearest(to: Coordinate(longitude: 0, latitude: 0), count: 0) { _ in 0 }.isEmpty)
        #expect(one.nearest(to: Coordinate(longitude: 0, latitude: 0), count: 1) { _ in .nan }.isEmpty)
    }
}

@Suite struct HilbertCurveTests {
    @Test func neighboursOnTheCurveAreNeighboursInTheSquare() {
        // The cells of a 64 × 64 corner are the first 4,096 steps of the curve.
        var cells: [UInt32: (Int, Int)] = [:]
        for x in 0..<64 { for y in 0..<64 { cells[HilbertCurve.index(x: UInt32(x), y: UInt32(y))] = (x, y) } }
        #expect(cells.count == 4096)
        for step in UInt32(1)..<4096 {
            guard let a = cells[step - 1], let b = cells[step] else {
                Issue.record("step \(step) is missing")
                return
            }
            #expect(abs(a.0 - b.0) + abs(a.1 - b.1) == 1)
        }
    }
}
