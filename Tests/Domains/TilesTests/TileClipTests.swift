import Geo
import TestSupport
import Testing

@testable import Tiles

/// Lines clipped to a tile's box, compared with points sampled along them: all that is inside is drawn, and nothing
/// else.
@Suite struct TileClipTests {
    private let low = Double(-TileGrid.buffer)
    private let high = Double(TileGrid.extent + TileGrid.buffer)

    private func clip(_ line: [TilePoint], column: Int = 0, row: Int = 0) throws -> [[TilePoint]] {
        let box = try #require(TileBox(around: line))
        return TileClip(column: column, row: row).lines([line], bounds: box)
    }

    private func points(_ places: [(Int32, Int32)]) -> [TilePoint] { places.map { TilePoint(x: $0.0, y: $0.1) } }

    @Test("A single piece across the tile is kept, whichever sides it crosses")
    func acrossTheTile() throws {
        #expect(try clip(points([(-1_000, 100), (5_000, 100)])) == [points([(-64, 100), (4_160, 100)])])
        #expect(try clip(points([(5_000, 100), (-1_000, 100)])) == [points([(4_160, 100), (-64, 100)])])
        #expect(try clip(points([(100, -1_000), (100, 5_000)])) == [points([(100, -64), (100, 4_160)])])
        // A corner is cut off by a single piece of two points.
        #expect(try clip(points([(-164, 136), (136, -164)])) == [points([(-64, 36), (36, -64)])])
    }

    @Test(
        "Lines and areas that extend slightly beyond any side are cut there",
        arguments: [(4_190, 100), (-94, 100), (100, 4_190), (100, -94)] as [(Int32, Int32)]
    )
    func littleBeyond(x: Int32, y: Int32) throws {
        let inside = -TileGrid.buffer...(TileGrid.extent + TileGrid.buffer)
        let line = points([(2_000, 2_000), (x, y)])
        let drawn = try clip(line).joined()
        #expect(drawn.count == 2 && drawn.allSatisfy { inside.contains($0.x) && inside.contains($0.y) })
        let ring = points([(2_000, 2_000), (2_000, 2_300), (x, y)])
        let bounds = try #require(TileBox(around: ring))
        let area = TileClip(column: 0, row: 0).area([[ring]], bounds: bounds)
        #expect(!area.isEmpty)
        #expect(area.joined().joined().allSatisfy { inside.contains($0.x) && inside.contains($0.y) })
    }

    @Test(
        "A small area in the buffer of any side is drawn beside a large one",
        arguments: [(-30, 100), (4_100, 100), (100, -30), (100, 4_100)] as [(Int32, Int32)]
    )
    func smallAreaInTheBuffer(x: Int32, y: Int32) throws {
        let small = points([(x, y), (x, y + 20), (x + 20, y)])
        let large = points([(-5_000, -5_000), (-5_000, 9_000), (-4_000, 9_000)])
        let bounds = try #require(TileBox(around: small + large))
        #expect(TileClip(column: 0, row: 0).area([[small], [large]], bounds: bounds) == [[small]])
    }

    @Test("A line that leaves and returns gives two pieces; one that only touches the side gives none")
    func comesBack() throws {
        let back = points([(1_000, 10), (9_000, 10), (9_000, 20), (1_000, 20)])
        #expect(try clip(back) == [points([(1_000, 10), (4_160, 10)]), points([(4_160, 20), (1_000, 20)])])
        #expect(try clip(points([(4_160, 50), (9_000, 50)])).isEmpty)
        #expect(try clip(points([(9_000, 0), (4_160, 50), (9_000, 100)])).isEmpty)
        #expect(try clip(points([(4_160, 50), (4_160, 90), (9_000, 90)])) == [points([(4_160, 50), (4_160, 90)])])
    }

    @Test("Pieces are given in units from the tile's own corner")
    func ownCorner() throws {
        let line = points([(3 * 4_096 - 200, 5 * 4_096 + 7), (3 * 4_096 + 50, 5 * 4_096 + 7)])
        #expect(try clip(line, column: 3, row: 5) == [points([(-64, 7), (50, 7)])])
        #expect(try clip(line, column: 2, row: 5) == [points([(3_896, 7), (4_146, 7)])])
    }

    @Test("Random lines: what lies inside is drawn, what is drawn lies on the line and inside", arguments: 0..<40)
    func randomLines(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed) + 900)
        // Short and long pieces, near the sides and across them.
        let reach: ClosedRange<Int32> = seed.isMultiple(of: 2) ? -3_000...7_000 : -300...300
        for _ in 0..<20 {
            let count = Int.random(in: 2...9, using: &random)
            let line = (0..<count).map { _ in
                TilePoint(x: Int32.random(in: reach, using: &random), y: Int32.random(in: reach, using: &random))
            }
            let drawn = try clip(line)
            let pieces = drawn.flatMap { zip($0, $0.dropFirst()) }
            #expect(drawn.allSatisfy { $0.count > 1 && zip($0, $0.dropFirst()).allSatisfy { $0 != $1 } })
            #expect(
                drawn.joined().allSatisfy { point in
                    (-64...4_160).contains(point.x) && (-64...4_160).contains(point.y)
                        && isNear(Double(point.x), Double(point.y), zip(line, line.dropFirst()), within: 1)
                }
            )
            var missing = 0
            for (a, b) in zip(line, line.dropFirst()) {
                for step in 0...200 {
                    let share = Double(step) / 200
                    let x = Double(a.x) + share * Double(b.x - a.x)
                    let y = Double(a.y) + share * Double(b.y - a.y)
                    // Within two units of the side a piece may be too short to be drawn.
                    let isInside = min(x - low, high - x, y - low, high - y) > 2
                    if isInside, !isNear(x, y, pieces, within: 1.5) { missing += 1 }
                }
            }
            #expect(missing == 0, "\(line)")
        }
    }

    private func isNear(
        _ x: Double,
        _ y: Double,
        _ pieces: some Sequence<(TilePoint, TilePoint)>,
        within units: Double
    ) -> Bool {
        pieces.contains { a, b in
            let (dx, dy) = (Double(b.x - a.x), Double(b.y - a.y))
            let (px, py) = (x - Double(a.x), y - Double(a.y))
            let length = dx * dx + dy * dy
            let share = length > 0 ? min(1, max(0, (px * dx + py * dy) / length)) : 0
            let (ox, oy) = (px - share * dx, py - share * dy)
            return ox * ox + oy * oy <= units * units
        }
    }
}
