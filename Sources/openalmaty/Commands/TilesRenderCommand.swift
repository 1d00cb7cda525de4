import ArgumentParser
import Dispatch
import Foundation
import Gazetteer
import Geo
import Gzip
import Synchronization
import Tiles
import Web

/// Makes every tile of the city, packed, as a static file server would hold them.
struct TilesRenderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render",
        abstract: "Make every tile of the city and pack it, into a folder or only to see how long it takes."
    )

    @Option(help: "The folder to write LAYER/Z/X/Y.mvt into (packed with gzip); nothing is written without it.")
    var output: String?

    @Option(help: "Only this layer.")
    var layer: String?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var database: DatabaseOption

    /// What was made, and how long it took.
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
        let city = try await OpenedCity(try await database.settings())
        let snapshot = try await city.snapshot()
        let schemas = try schemas(city.home)
        let loaded = clock.now
        let sets = Self.concurrently(schemas.sorted { $0.key < $1.key }) { name, schema in
            (name, TileSet(schema, contents: CityTileContents(snapshot: snapshot).contents(of: name)))
        }
        let built = clock.now
        let tiles = sets.flatMap { name, set in set.pyramid.map { (name: name, set: set, tile: $0) } }
        let sizes = Self.concurrently(tiles) { tile -> (Int, Int) in
            let bytes = tile.set.tile(tile.tile)
            guard let packed = Gzip.pack(bytes, level: 6) else { return (bytes.count, 0) }
            if let output { Self.write(packed, to: output, tile.name, tile.tile) }
            return (bytes.count, packed.count)
        }
        let figures = Figures(
            tiles: sizes.count { $0.0 > 0 },
            bytes: sizes.reduce(0) { $0 + $1.0 },
            packedBytes: sizes.reduce(0) { $0 + $1.1 },
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

    private func schemas(_ home: Home) throws -> [String: TileSchema] {
        let schemas = try TileSchema.read(Data(contentsOf: home.tiles.appending(path: "layers.json")))
        guard let layer else { return schemas }
        guard let schema = schemas[layer] else {
            throw ValidationError(
                "There is no layer \(layer); there are \(schemas.keys.sorted().joined(separator: ", "))."
            )
        }
        return [layer: schema]
    }

    private static func write(_ packed: [UInt8], to folder: String, _ name: String, _ tile: TileCoordinate) {
        let column = URL(filePath: folder).appending(path: "\(name)/\(tile.zoom)/\(tile.column)")
        do {
            try FileManager.default.createDirectory(at: column, withIntermediateDirectories: true)
            try Data(packed).write(to: column.appending(path: "\(tile.row).mvt"))
        } catch {
            printError("\(name)/\(tile) was not written: \(error)")
        }
    }

    /// Maps over all processors, keeping the order.
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
