import Foundation
import Geo
import Testing

@testable import Tiles

@Suite struct TileSetTests {
    static func schema(_ layers: String) throws -> TileSchema {
        let text = #"{"s": {"maxzoom": 15, "description": "", "layers": ["# + layers + "]}}"
        return try #require(try TileSchema.read(Data(text.utf8))["s"])
    }

    private static func points(_ count: Int) -> [TileFeature] {
        (0..<count).map { index in
            let (east, north) = (Double(index % 10), Double(index / 10))
            let position = Coordinate(longitude: 76.9 + east * 0.001, latitude: 43.2 + north * 0.001)
            var properties: [String: TileValue?] = ["id": .text("p\(index)"), "rank": .number(index % 3)]
            properties["share"] = .decimal(0.5)
            properties["low"] = .number(-7)
            properties["open"] = .flag(index == 0)
            properties["hidden"] = .text("x")
            return TileFeature(.point(position), properties)
        }
    }

    private static let fields =
        #""fields": {"id": {"type": "String"}, "rank": {"type": "Number", "minzoom": 12}, "share": {"type": "Number"},"#
        + #" "low": {"type": "Number"}, "open": {"type": "Boolean"}}"#

    @Test("Every point arrives with its declared properties at its place")
    func pointsArrive() throws {
        let schema = try Self.schema(#"{"id": "points", "description": "", "minzoom": 10, \#(Self.fields)}"#)
        let features = Self.points(100)
        let set = TileSet(schema, contents: ["points": .features(features)])
        #expect(set.tiles(zoom: 9).isEmpty)
        for zoom in 10...15 {
            var found: [String: Int] = [:]
            for coordinate in set.tiles(zoom: zoom) {
                let layer = try #require(try DecodedTile(set.tile(coordinate))["points"])
                #expect(layer.version == 2 && layer.extent == 4_096)
                for feature in layer.features {
                    let id = try #require(feature.properties["id"])
                    let index = try #require(Int(id.dropFirst()))
                    let place = feature.paths[0][0]
                    #expect((-64...4_160).contains(place.x) && (-64...4_160).contains(place.y))
                    if (0..<4_096).contains(place.x), (0..<4_096).contains(place.y) { found[id, default: 0] += 1 }
                    #expect(feature.properties["rank"] == (zoom >= 12 ? String(index % 3) : nil))
                    #expect(feature.properties["share"] == "0.5" && feature.properties["low"] == "-7")
                    #expect(feature.properties["open"] == (index == 0 ? "true" : "false"))
                    #expect(feature.properties["hidden"] == nil)
                    guard case .point(let position) = features[index].shape else { continue }
                    let exact = coordinate.position(of: position)
                    #expect(abs(exact.x - Double(place.x)) <= 0.5 && abs(exact.y - Double(place.y)) <= 0.5)
                }
            }
            #expect(found.count == 100 && found.values.allSatisfy { $0 == 1 }, "zoom \(zoom)")
        }
    }

    @Test("A feature appears at the zoom that its field requires, and points that are too close together are thinned")
    func firstZoomsAndSpacing() throws {
        let schema = try Self.schema(
            #"{"id": "points", "description": "", "minzoom": 10, "features": {"field": "rank", "zooms": {"1": 12, "2": 14}}, \#(Self.fields)}"#
        )
        let set = TileSet(schema, contents: ["points": .features(Self.points(9))])
        for (zoom, ranks) in [(10, ["0"]), (12, ["0", "1"]), (14, ["0", "1", "2"])] {
            let ids = try set.tiles(zoom: zoom).flatMap { try DecodedTile(set.tile($0))["points"]?.features ?? [] }
                .compactMap { $0.properties["id"] }
            let shown = Set(ids.compactMap { Int($0.dropFirst()) }.map { String($0 % 3) })
            #expect(shown == Set(ranks), "zoom \(zoom)")
        }
        let thin = try Self.schema(
            #"{"id": "points", "description": "", "minzoom": 13, "spacing": {"13": 40}, \#(Self.fields)}"#
        )
        let thinned = TileSet(thin, contents: ["points": .features(Self.points(100))])
        func places(_ zoom: Int) throws -> [SIMD2<Int>] {
            try thinned.tiles(zoom: zoom).flatMap { tile in
                try (DecodedTile(thinned.tile(tile))["points"]?.features ?? []).map {
                    $0.paths[0][0] &+ SIMD2(tile.column, tile.row) &* 4_096
                }
            }
        }
        let kept = Array(Set(try places(13)))
        #expect(kept.count < 100 && kept.count > 3)
        for a in kept {
            for b in kept where a != b {
                let d = a &- b
                #expect(d.x * d.x + d.y * d.y >= 320 * 320)
            }
        }
        #expect(Set(try places(14)).count == 100)
    }

    @Test("The digest changes for exactly those tiles that an edit affects")
    func changes() throws {
        let schema = try Self.schema(#"{"id": "points", "description": "", "minzoom": 10, \#(Self.fields)}"#)
        var features = Self.points(100)
        let before = TileSet(schema, contents: ["points": .features(features)])
        let same = TileSet(schema, contents: ["points": .features(features)])
        #expect(before.changedTiles(since: same).isEmpty)
        let moved = Coordinate(longitude: 76.95, latitude: 43.25)
        features[55] = TileFeature(.point(moved), features[55].properties.mapValues { $0 })
        let after = TileSet(schema, contents: ["points": .features(features)])
        let changed = after.changedTiles(since: before)
        #expect(!changed.isEmpty)
        for tile in Set(before.pyramid).union(after.pyramid) {
            #expect((before.tile(tile) != after.tile(tile)) == changed.contains(tile), "\(tile)")
        }
        #expect(changed.contains(try TileCoordinate(containing: moved, zoom: 15)))
    }

    @Test("A different declaration gives a different digest; the same one gives the same digest in every process")
    func digestOfDeclaration() throws {
        let features = TileContents.features(Self.points(10))
        func digest(_ minimum: Int) throws -> UInt64? {
            let fields = Self.fields.replacingOccurrences(of: "\"minzoom\": 12", with: "\"minzoom\": \(minimum)")
            let schema = try Self.schema(#"{"id": "points", "description": "", "minzoom": 10, \#(fields)}"#)
            let set = TileSet(schema, contents: ["points": features])
            return set.digest(try TileCoordinate(containing: Coordinate(longitude: 76.9, latitude: 43.2), zoom: 14))
        }
        #expect(try digest(12) != nil)
        #expect(try digest(12) == digest(12))
        #expect(try digest(12) != digest(13))
    }

    @Test func outOfRangeIsEmpty() throws {
        let schema = try Self.schema(#"{"id": "points", "description": "", "minzoom": 10, \#(Self.fields)}"#)
        let set = TileSet(schema, contents: [:])
        let tile = try TileCoordinate(zoom: 16, column: 0, row: 0)
        #expect(set.tile(tile).isEmpty && set.digest(tile) == nil && set.pyramid.isEmpty)
    }

    @Test(
        "A wrong declaration is refused with the reason",
        arguments: [
            #"{"s": {"maxzoom": 30, "description": "", "layers": []}}"#, "[]", "{",
            #"{"s": {"maxzoom": 15, "description": "", "layers": [{"id": "a", "description": "", "minzoom": 16, "fields": {}}]}}"#,
            #"{"s": {"maxzoom": 15, "description": "", "layers": [{"id": "a", "description": "", "minzoom": 1, "fields": {"x": {"type": "Text"}}}]}}"#,
            #"{"s": {"maxzoom": 15, "description": "", "layers": [{"id": "a", "description": "", "minzoom": 1, "features": {"field": "no", "zooms": {}}, "fields": {}}]}}"#,
        ]
    )
    func wrongDeclarations(_ text: String) {
        #expect(throws: TilesError.self) { try TileSchema.read(Data(text.utf8)) }
    }
}
