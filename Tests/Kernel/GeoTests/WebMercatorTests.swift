import TestSupport
import Testing

@testable import Geo

@Suite struct WebMercatorTests {
    @Test func matchesProj() {
        // pyproj.Transformer 4326 → 3857.
        let point = WebMercator.project(Coordinate(longitude: 76.9, latitude: 43.25))
        #expect(abs(point.x - 8_560_468.842_003) < 1e-3)
        #expect(abs(point.y - 5_350_102.143_461) < 1e-3)
    }

    @Test func roundTrips() {
        var random = SplitMix64(seed: 21)
        let world = BoundingBox(west: -180, south: -85, east: 180, north: 85)
        for _ in 0..<2000 {
            let there = random.coordinate(in: world)
            let back = WebMercator.unproject(WebMercator.project(there))
            #expect(abs(back.longitude - there.longitude) < 1e-12 * 180)
            #expect(abs(back.latitude - there.latitude) < 1e-12 * 180)
        }
    }

    @Test func polesAreClampedToTheSquare() {
        let north = WebMercator.project(Coordinate(longitude: 180, latitude: 90))
        #expect(abs(north.x - WebMercator.halfSide) < 1e-6)
        #expect(abs(north.y - WebMercator.halfSide) < 1e-3)
        #expect(abs(WebMercator.project(Coordinate(longitude: 0, latitude: -90)).y + WebMercator.halfSide) < 1e-3)
    }

    @Test func groundResolutionShrinksTowardsThePoles() {
        #expect(abs(WebMercator.groundResolution(latitude: 0, zoom: 0) - 156_543.033_928) < 1e-3)
        #expect(WebMercator.groundResolution(latitude: 60, zoom: 0) < 78_300)
    }
}

@Suite struct TileCoordinateTests {
    @Test func refusesAddressesOutsideTheLevel() {
        #expect(throws: GeoError.tileOutOfRange(zoom: 2, column: 4, row: 0)) {
            try TileCoordinate(zoom: 2, column: 4, row: 0)
        }
        #expect(throws: GeoError.tileOutOfRange(zoom: -1, column: 0, row: 0)) {
            try TileCoordinate(zoom: -1, column: 0, row: 0)
        }
        #expect(throws: GeoError.tileOutOfRange(zoom: 31, column: 0, row: 0)) {
            try TileCoordinate(zoom: 31, column: 0, row: 0)
        }
    }

    @Test func findsTheTileOfAlmaty() throws {
        // mercantile.tile(76.9, 43.25, 12)
        let tile = try TileCoordinate(containing: Coordinate(longitude: 76.9, latitude: 43.25), zoom: 12)
        #expect(tile.description == "12/2922/1501")
        #expect(tile.bounds.contains(Coordinate(longitude: 76.9, latitude: 43.25)))
    }

    @Test(arguments: 0...22)
    func boundsHoldTheirPoints(zoom: Int) throws {
        var random = SplitMix64(seed: UInt64(zoom))
        for _ in 0..<200 {
            let there = random.coordinate(in: BoundingBox(west: -180, south: -85, east: 180, north: 85))
            let tile = try TileCoordinate(containing: there, zoom: zoom)
            let box = tile.bounds
            let blur = 1e-11
            #expect(there.longitude >= box.west - blur && there.longitude <= box.east + blur)
            #expect(there.latitude >= box.south - blur && there.latitude <= box.north + blur)
            let (x, y) = tile.position(of: there)
            #expect(x > -1e-3 && x < 4096.001 && y > -1e-3 && y < 4096.001)
            let back = tile.coordinate(x: x, y: y)
            #expect(abs(back.longitude - there.longitude) < 1e-9 && abs(back.latitude - there.latitude) < 1e-9)
        }
    }

    @Test func edgesOfTheWorldBelongToTheLastTiles() throws {
        let corner = try TileCoordinate(containing: Coordinate(longitude: 180, latitude: -90), zoom: 3)
        #expect(corner == (try TileCoordinate(zoom: 3, column: 7, row: 7)))
        #expect(try TileCoordinate(containing: Coordinate(longitude: -180, latitude: 90), zoom: 3).row == 0)
    }

    @Test func parentsHoldTheirChildren() throws {
        let tile = try TileCoordinate(zoom: 5, column: 22, row: 11)
        #expect(tile.children.allSatisfy { $0.parent == tile })
        #expect(tile.children.count == 4)
        #expect(try TileCoordinate(zoom: 0, column: 0, row: 0).parent == nil)
    }

    @Test func coveringListsEveryTileOfABox() throws {
        let tiles = try TileCoordinate.covering(.almaty, zoom: 12)
        #expect(Set(tiles).count == tiles.count)
        #expect(tiles.allSatisfy { $0.bounds.intersects(.almaty) })
        var random = SplitMix64(seed: 2)
        for _ in 0..<200 {
            let tile = try TileCoordinate(containing: random.coordinate(in: .almaty), zoom: 12)
            #expect(tiles.contains(tile))
        }
    }

    @Test func aBufferGrowsTheTile() throws {
        let tile = try TileCoordinate(zoom: 14, column: 11691, row: 6004)
        let grown = tile.bounds(buffer: 0.1)
        #expect(grown.contains(tile.bounds))
        #expect(abs(grown.width / tile.bounds.width - 1.2) < 1e-9)
    }
}
