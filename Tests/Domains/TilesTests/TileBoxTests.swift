import TestSupport
import Testing

@testable import Tiles

@Suite struct TileBoxTests {
    @Test("The tiles of a box are those whose buffered box meets it, compared one by one", arguments: 0..<20)
    func tiles(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed) + 40)
        let zoom = 3
        for _ in 0..<40 {
            // Half of the coordinates are close to sides of tiles and of their buffers.
            let place = { (random: inout SplitMix64) -> Int32 in
                let tile = Int32.random(in: 0..<8, using: &random) * TileGrid.extent
                let nearSides: [Int32] = [-65, -64, -63, -1, 0, 1, 63, 64, 65]
                let near = nearSides.randomElement(using: &random) ?? 0
                return Bool.random(using: &random)
                    ? max(0, tile + near) : Int32.random(in: 0..<(8 * TileGrid.extent), using: &random)
            }
            let corners = (0..<2).map { _ in TilePoint(x: place(&random), y: place(&random)) }
            let box = try #require(TileBox(around: corners))
            var expected: Set<TilePlace> = []
            for column in 0..<8 {
                for row in 0..<8 {
                    let own = TileBox(column: column, row: row)
                    // What only touches a buffer's far side, to the east or south, is not drawn in that tile.
                    if own.west <= box.east, own.east > box.west, own.north <= box.south, own.south > box.north {
                        expected.insert(TilePlace(column: column, row: row))
                    }
                }
            }
            let span = try #require(box.tiles(zoom: zoom))
            let found = Set(span.columns.flatMap { column in span.rows.map { TilePlace(column: column, row: $0) } })
            #expect(found == expected)
        }
    }

    @Test func aTilesOwnBoxReachesItsBufferOnEverySide() {
        let box = TileBox(column: 2, row: 5)
        #expect(box.west == 2 * 4_096 - 64 && box.east == 3 * 4_096 + 64)
        #expect(box.north == 5 * 4_096 - 64 && box.south == 6 * 4_096 + 64)
    }
}
