import ArgumentParser
import Console
import Foundation
import Geo
import Tiles

/// Measures the encoding of a crowded tile, in multiples of one lookup in a dictionary of a million keys.
struct TilesBenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tiles",
        abstract: "Measure the writing of vector tiles, in units of a dictionary look-up."
    )

    @Option(help: "How many synthetic points.")
    var count = 50_000

    @Option(help: "The seed of the points.")
    var seed: UInt64 = 1

    @Flag(help: "Print JSON.")
    var json = false

    /// The figures; times in nanoseconds.
    struct Figures: Encodable {
        let dictionaryLookupNs: Double
        /// The tile whose number of points is closest to 1,500.
        let tile: [Int]
        let features: Int
        let bytes: Int
        let encodeNs: Double
        let encodeP99Ns: Double
    }

    func run() async throws {
        let set = try Self.tileset(SyntheticPoints(count: count, seed: seed))
        let tiles = set.tiles(zoom: 14).map { ($0, Self.features(set.tile($0))) }
        guard let chosen = tiles.min(by: { abs($0.1 - 1_500) < abs($1.1 - 1_500) }) else {
            throw ValidationError("There are no points.")
        }
        let measured = Stopwatch.measure(count: 400, rounds: 9) { _ in UInt64(set.tile(chosen.0).count) }
        let figures = Figures(
            dictionaryLookupNs: GeoFigures.dictionary(count: 100_000, seed: seed),
            tile: [chosen.0.zoom, chosen.0.column, chosen.0.row],
            features: chosen.1,
            bytes: set.tile(chosen.0).count,
            encodeNs: measured.mean,
            encodeP99Ns: measured.p99
        )
        if json { return try printJSON(figures) }
        let ratio = Int((figures.encodeNs / figures.dictionaryLookupNs).rounded())
        print("tile \(chosen.0): \(figures.features) points, \(figures.bytes) bytes")
        print("written in \(Int(figures.encodeNs)) ns = \(ratio) D, D = \(Int(figures.dictionaryLookupNs)) ns")
    }

    /// The points with the fields that `bench points` writes: id, name and category.
    private static func tileset(_ points: SyntheticPoints) throws -> TileSet {
        let declaration = """
            {"points": {"maxzoom": 14, "description": "", "layers": [{"id": "organizations", "description": "",
            "minzoom": 14, "fields": {"id": {"type": "String"}, "name_ru": {"type": "String"},
            "category": {"type": "String"}}}]}}
            """
        let features = points.coordinates.enumerated().map { index, point in
            TileFeature(
                .point(point),
                [
                    "id": .text("synthetic-\(index)"), "name_ru": .text("Точка \(index)"),
                    "category": .text(points.masks[index] == SyntheticPoints.rare ? "library" : "sports_ground"),
                ]
            )
        }
        guard let schema = try TileSchema.read(Data(declaration.utf8))["points"] else {
            throw ValidationError("The declaration has no points.")
        }
        return TileSet(schema, contents: ["organizations": .features(features)])
    }

    /// The number of features in a one-layer tile, counted by their tag in the layer message.
    private static func features(_ tile: [UInt8]) -> Int {
        var place = 0
        func varint() -> Int {
            var (value, shift) = (0, 0)
            while place < tile.count {
                let byte = tile[place]
                place += 1
                value |= Int(byte & 0x7F) << shift
                shift += 7
                if byte < 0x80 { break }
            }
            return value
        }
        guard !tile.isEmpty else { return 0 }
        _ = (varint(), varint())
        var count = 0
        while place < tile.count {
            let tag = varint()
            let size = varint()
            if tag == 2 << 3 | 2 { count += 1 }
            if tag & 7 == 2 { place += size }
        }
        return count
    }
}
