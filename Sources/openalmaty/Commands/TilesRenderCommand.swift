import ArgumentParser
import AtomicFile
import Console
import Dispatch
import Foundation
import Gazetteer
import Geo
import Gzip
import MapSite
import SiteKit
import Synchronization
import Tiles

/// Renders every tile of the city, compressed, into one archive per layer.
struct TilesRenderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render",
        abstract: "Make every tile of the city and pack it, as PMTiles archives or only to see how long it takes."
    )

    @Option(help: "The folder to write an archive LAYER.pmtiles for each layer into; nothing is written without it.")
    var output: String?

    @Option(help: "Only this layer.")
    var layer: String?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var database: DatabaseOption

    /// The number and size of the tiles, and the time taken.
    struct Figures: Encodable {
        let tiles: Int
        let bytes: Int
        let packedBytes: Int
        let loadSeconds: Double
        let buildSeconds: Double
        let renderSeconds: Double
    }

    func run() async throws {
        let clock = ContinuousClock()
        let start = clock.now
        let city = try await database.city()
        let snapshot = try await city.snapshot()
        let schemas = try schemas(city.home)
        let loaded = clock.now
        let sets = Self.concurrently(schemas.sorted { $0.key < $1.key }) { name, schema in
            (name, TileSet(schema, contents: CityTileContents(snapshot: snapshot).contents(of: name)))
        }
        let built = clock.now
        let tiles = sets.flatMap { name, set in set.pyramid.map { (name: name, set: set, tile: $0) } }
        let made = Self.concurrently(tiles) { tile -> Made in
            let bytes = tile.set.tile(tile.tile)
            return Made(name: tile.name, tile: tile.tile, size: bytes.count, packed: Gzip.pack(bytes, level: 6) ?? [])
        }
        .filter { $0.size > 0 }
        if let output {
            try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
            for (name, set) in sets {
                try write(made.filter { $0.name == name }, name, set.schema, snapshot.districts.bounds, to: output)
            }
        }
        let figures = Figures(
            tiles: made.count,
            bytes: made.reduce(0) { $0 + $1.size },
            packedBytes: made.reduce(0) { $0 + $1.packed.count },
            loadSeconds: (loaded - start) / .seconds(1),
            buildSeconds: (built - loaded) / .seconds(1),
            renderSeconds: (clock.now - built) / .seconds(1)
        )
        if json { return try printJSON(figures) }
        print("\(figures.tiles) tiles, \(figures.bytes) bytes, packed \(figures.packedBytes)")
        print(
            "loaded in \(figures.loadSeconds) s, built in \(figures.buildSeconds) s, made in \(figures.renderSeconds) s"
        )
    }

    private func schemas(_ home: ResourcePaths) throws -> [String: TileSchema] {
        let schemas = try TileSchema.read(Data(contentsOf: home.tiles.appending(path: "layers.json")))
        guard let layer else { return schemas }
        guard let schema = schemas[layer] else {
            throw ValidationError(
                "There is no layer \(layer); there are \(schemas.keys.sorted().joined(separator: ", "))."
            )
        }
        return [layer: schema]
    }

    private struct Made {
        let name: String
        let tile: TileCoordinate
        let size: Int
        let packed: [UInt8]
    }

    private func write(
        _ tiles: [Made],
        _ name: String,
        _ schema: TileSchema,
        _ bounds: BoundingBox,
        to folder: String
    ) throws {
        let description = TileJSON(schema, name: name, attribution: Attribution.text, bounds: bounds)
        let archive = TileArchive(tiles.map { ($0.tile, $0.packed) }).bytes(
            metadata: [UInt8](try JSONEncoder().encode(description)),
            zooms: schema.minzoom...schema.maxzoom,
            bounds: bounds,
            pack: { Gzip.pack($0, level: 9) }
        )
        guard let archive else { throw ValidationError("The archive of \(name) could not be packed.") }
        try AtomicFile.write(Data(archive), to: URL(filePath: folder).appending(path: "\(name).pmtiles"))
    }

    /// Maps items in parallel on all processors, keeping their order.
    private static func concurrently<Item: Sendable, Result: Sendable>(
        _ items: [Item],
        _ body: @Sendable (Item) -> Result
    ) -> [Result] {
        let results = Mutex<[Int: Result]>([:])
        DispatchQueue.concurrentPerform(iterations: items.count) { index in
            let result = body(items[index])
            results.withLock { $0[index] = result }
        }
        return results.withLock { results in items.indices.compactMap { results[$0] } }
    }
}
