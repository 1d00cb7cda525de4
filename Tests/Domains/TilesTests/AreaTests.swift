import Foundation
import Geo
import Testing

@testable import Tiles

@Suite struct AreaTests {
    private static func square(_ west: Double, _ south: Double, _ east: Double, _ north: Double) throws -> MultiPolygon
    {
        MultiPolygon(
            try Polygon(
                exterior: [(west, south), (east, south), (east, north), (west, north), (west, south)].map {
                    Coordinate(longitude: $0.0, latitude: $0.1)
                }
            )
        )
    }

    private static func area(_ ring: [SIMD2<Int>]) -> Int {
        zip(ring, ring.dropFirst()).reduce(0) { $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y }
    }

    @Test("An area is covered by its tiles exactly once, with exteriors wound as the specification requires")
    func coversOnce() throws {
        let schema = try TileSetTests.schema(#"{"id": "areas", "description": "", "minzoom": 8, "fields": {}}"#)
        let shape = try Self.square(76.8, 43.15, 77.0, 43.3)
        let set = TileSet(schema, contents: ["areas": .features([TileFeature(.area(shape), [:])])])
        for zoom in 8...13 {
            var total = 0.0
            for tile in set.tiles(zoom: zoom) {
                for feature in try DecodedTile(set.tile(tile))["areas"]?.features ?? [] {
                    for ring in feature.paths {
                        #expect(Self.area(ring) > 0)
                        // What lies within the tile, without its buffer, is still a rectangle.
                        let xs = ring.map { min(4_096, max(0, $0.x)) }
                        let ys = ring.map { min(4_096, max(0, $0.y)) }
                        total += Double(((xs.max() ?? 0) - (xs.min() ?? 0)) * ((ys.max() ?? 0) - (ys.min() ?? 0)))
                    }
                }
            }
            let corner = WebMercator.unitSquare(Coordinate(longitude: 76.8, latitude: 43.3))
            let other = WebMercator.unitSquare(Coordinate(longitude: 77.0, latitude: 43.15))
            let side = 4_096 * Double(1 << zoom)
            let expected = (other.x - corner.x) * (other.y - corner.y) * side * side
            let edge = ((other.x - corner.x) + (other.y - corner.y)) * side
            #expect(abs(total - expected) <= 2 * edge + 4, "zoom \(zoom)")
        }
    }

    @Test("Random rings, however they cross themselves, become valid polygons")
    func repair() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<3_000 {
            let count = Int.random(in: 3...14, using: &random)
            let ring = (0..<count).map { _ in
                TilePoint(x: Int32.random(in: 0...12, using: &random), y: Int32.random(in: 0...12, using: &random))
            }
            for polygon in RingRepair.polygons([ring]) {
                #expect(polygon[0].doubledArea > 0, "\(ring)")
                for hole in polygon.dropFirst() { #expect(hole.doubledArea < 0, "\(ring)") }
                for part in polygon {
                    #expect(part.count > 2 && Set(part).count == part.count, "\(ring)")
                    #expect(RingCrossings.nodes(of: [part]).isEmpty, "\(ring)")
                }
            }
        }
    }

    @Test func aSoundRingIsLeftAlone() {
        let ring = [(0, 0), (0, 10), (10, 10), (10, 0)].map { TilePoint(x: $0.0, y: $0.1) }
        #expect(RingRepair.polygons([ring]) == [[ring]])
        let spiked = [(0, 0), (0, 10), (5, 10), (5, 20), (5, 10), (10, 10), (10, 0)].map { TilePoint(x: $0.0, y: $0.1) }
        #expect(RingRepair.polygons([spiked]).count == 1)
    }

    @Test("Neighbours draw their common border through the same points, as a single line")
    func sharedBorders() throws {
        let left = MultiPolygon(
            try Polygon(
                exterior: [
                    (76.8, 43.1), (76.9, 43.1), (76.91, 43.15), (76.89, 43.2), (76.9, 43.3), (76.8, 43.3), (76.8, 43.1),
                ]
                .map { Coordinate(longitude: $0.0, latitude: $0.1) }
            )
        )
        let right = MultiPolygon(
            try Polygon(
                exterior: [
                    (76.9, 43.1), (77.0, 43.1), (77.0, 43.3), (76.9, 43.3), (76.89, 43.2), (76.91, 43.15), (76.9, 43.1),
                ]
                .map { Coordinate(longitude: $0.0, latitude: $0.1) }
            )
        )
        let coverage = TileCoverage(try AreaPartition([left, right]))
        let schema = try TileSetTests.schema(
            #"{"id": "areas", "description": "", "minzoom": 0, "fields": {"slug": {"type": "String"}}}, {"id": "borders", "description": "", "minzoom": 0, "fields": {"outer": {"type": "Boolean"}}}"#
        )
        let set = TileSet(
            schema,
            contents: [
                "areas": .coverage(coverage, [["slug": .text("left")], ["slug": .text("right")]]),
                "borders": .borders(coverage),
            ]
        )
        let tile = try TileCoordinate(containing: Coordinate(longitude: 76.9, latitude: 43.2), zoom: 8)
        let decoded = try DecodedTile(set.tile(tile))
        let areas = try #require(decoded["areas"]?.features)
        #expect(areas.count == 2)
        let common = Set(areas[0].paths[0]).intersection(areas[1].paths[0])
        let borders = try #require(decoded["borders"]?.features)
        let inner = borders.filter { $0.properties["outer"] == "false" }
        #expect(inner.count == 1 && borders.count == 3)
        #expect(Set(inner[0].paths[0]) == common && common.count >= 3)
    }

    @Test func linesAreClippedToTheBuffer() throws {
        let schema = try TileSetTests.schema(#"{"id": "lines", "description": "", "minzoom": 12, "fields": {}}"#)
        let line = [(76.80, 43.20), (76.95, 43.27)].map { Coordinate(longitude: $0.0, latitude: $0.1) }
        let set = TileSet(schema, contents: ["lines": .features([TileFeature(.lines([line]), [:])])])
        #expect(set.tiles(zoom: 14).count > 5)
        for tile in set.tiles(zoom: 14) {
            for path in try (DecodedTile(set.tile(tile))["lines"]?.features ?? []).flatMap(\.paths) {
                #expect(path.count >= 2)
                for point in path { #expect((-64...4_160).contains(point.x) && (-64...4_160).contains(point.y)) }
            }
        }
    }
}
