import Foundation
import Geo
import Testing

@testable import Tiles

@Suite struct ClusterTests {
    private static let kinds = ["school", "clinic", "park"]

    private static func points(_ count: Int, seed: UInt64) -> [TileFeature] {
        var state = seed
        func random() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 40) / Double(1 << 24)
        }
        return (0..<count).map { index in
            let middle = Double(index % 7) * 0.03
            let position = Coordinate(
                longitude: 76.8 + middle + random() * random() * 0.02,
                latitude: 43.2 + middle / 2 + random() * 0.02
            )
            return TileFeature(.point(position), ["id": .text("p\(index)"), "kind": .text(kinds[index % 5 % 3])])
        }
    }

    private static func tileset(_ points: [TileFeature]) throws -> TileSet {
        let schema = try TileSetTests.schema(
            #"{"id": "points", "description": "", "minzoom": 0, "clusters": {"maxzoom": 13, "radius": 48, "counted": "kind"}, "fields": {"id": {"type": "String"}, "kind": {"type": "String"}}}"#
        )
        return TileSet(
            schema,
            contents: ["points": .clustered(points, keys: points.indices.map { UInt64($0) &* 7_919 })]
        )
    }

    /// What a zoom shows, each feature once: those within their tile, without the buffer.
    private static func features(
        _ set: TileSet,
        zoom: Int,
        wanted: Set<String>? = nil
    ) throws -> [(tile: TileCoordinate, feature: DecodedTile.Feature)] {
        // A filter can make a single point appear in a tile that shows nothing without it.
        let shown = set.tiles(zoom: zoom)
        let tiles = wanted == nil ? Set(shown) : Set(shown.flatMap { Self.around($0) })
        return try tiles.sorted { ($0.row, $0.column) < ($1.row, $1.column) }.flatMap { tile in
            try (DecodedTile(set.tile(tile, wanted: wanted))["points"]?.features ?? []).filter {
                (0..<4_096).contains($0.paths[0][0].x) && (0..<4_096).contains($0.paths[0][0].y)
            }
            .map { (tile, $0) }
        }
    }

    private static func around(_ tile: TileCoordinate) -> [TileCoordinate] {
        (-1...1).flatMap { row in
            (-1...1).compactMap { column in
                try? TileCoordinate(zoom: tile.zoom, column: tile.column + column, row: tile.row + row)
            }
        }
    }

    @Test("On every zoom the counts of clusters and single points add up, in total and by kind, filtered or not")
    func countsSum() throws {
        let points = Self.points(700, seed: 5)
        let set = try Self.tileset(points)
        let totals = Dictionary(points.compactMap { $0.properties["kind"]?.name }.map { ($0, 1) }, uniquingKeysWith: +)
        for zoom in 0...15 {
            for wanted: Set<String>? in [nil, ["clinic"], ["clinic", "park"], ["none"]] {
                var counts: [String: Int] = [:]
                var ids: Set<UInt64> = []
                for (_, feature) in try Self.features(set, zoom: zoom, wanted: wanted) {
                    guard feature.properties["cluster"] == "true" else {
                        counts[try #require(feature.properties["kind"]), default: 0] += 1
                        continue
                    }
                    #expect(zoom <= 13)
                    #expect(ids.insert(feature.id).inserted, "an id occurs twice")
                    let parts = feature.properties.filter { $0.key.hasPrefix("n_") }.mapValues { Int($0) ?? 0 }
                    #expect(feature.properties["point_count"] == String(parts.values.reduce(0, +)))
                    for (name, count) in parts { counts[String(name.dropFirst(2)), default: 0] += count }
                }
                let expected = totals.filter { wanted?.contains($0.key) ?? true }
                #expect(counts == expected, "zoom \(zoom), \(wanted ?? [])")
            }
        }
    }

    @Test("A cluster splits at its expansion zoom and not before")
    func expansionZoom() throws {
        let points = Self.points(300, seed: 9)
        let clusters = PointClusters(
            points.compactMap { if case .point(let position) = $0.shape { position } else { nil } },
            keys: points.indices.map { UInt64($0) },
            deepestZoom: 13,
            radius: 48 / 512
        )
        #expect(clusters.order.sorted() == Array(points.indices))
        for (zoom, level) in clusters.levels.enumerated() {
            #expect(level.reduce(0) { $0 + $1.count } == points.count)
            for cluster in level where cluster.count > 1 {
                for deeper in (zoom + 1)..<14 {
                    let parts = clusters.parts(of: cluster, zoom: deeper)
                    #expect(parts.reduce(0) { $0 + $1.count } == cluster.count)
                    #expect((parts.count > 1) == (deeper >= cluster.expansionZoom))
                }
            }
        }
    }

    @Test("A cluster keeps its id when something changes elsewhere")
    func stableIDs() throws {
        var points = Self.points(300, seed: 3)
        let before = Set(try Self.features(Self.tileset(points), zoom: 10).map(\.feature.id).filter { $0 > 0 })
        points.append(TileFeature(.point(Coordinate(longitude: 77.2, latitude: 43.5)), ["kind": .text("park")]))
        let after = Set(try Self.features(Self.tileset(points), zoom: 10).map(\.feature.id).filter { $0 > 0 })
        #expect(!before.isEmpty && before.subtracting(after).isEmpty)
    }
}
