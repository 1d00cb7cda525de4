import Gazetteer
import Geo
import Gzip
import HTTPTypes
import NIOCore
import NIOPosix
import SiteKit
import Synchronization
import Tiles

/// The map's tiles for one state of the city, made on demand or ahead of time, compressed once and kept.
///
/// Building the tilesets takes about a second, so it is done once, off the event loops, and requests for the first tiles wait
/// for it. A tile whose contents have not changed is taken over from the previous state.
final class CityTiles: Sendable {
    /// A tile as it is sent, compressed.
    struct Made: Sendable {
        let packed: ByteBuffer
        /// The strong entity tags of the uncompressed and the compressed bytes, with their quotes.
        let tag: String
        let packedTag: String
        /// The header fields of both forms, made once because a tile is sent many times.
        let fields: HTTPFields
        let packedFields: HTTPFields
        let digest: UInt64

        init(packed: ByteBuffer, tag: String, digest: UInt64) {
            self.packed = packed
            self.tag = tag
            packedTag = EntityTags.packed(tag)
            fields = TilesController.fields(tag)
            packedFields = TilesController.fields(packedTag)
            self.digest = digest
        }
    }

    private struct State {
        var sets: [String: TileSet]?
        var building: Task<[String: TileSet], any Error>?
        var made: [String: [TileCoordinate: Made]] = [:]
        var filtered: [FilteredKey: Made] = [:]
    }

    private struct FilteredKey: Hashable {
        let set: String
        let tile: TileCoordinate
        let wanted: [String]
    }

    /// The maximum number of filtered tiles kept; beyond that the cache is emptied.
    private static let maxFiltered = 4_096

    private let state: Mutex<State>
    private let snapshot: GazetteerSnapshot
    let schemas: [String: TileSchema]

    init(_ snapshot: GazetteerSnapshot, schemas: [String: TileSchema]) {
        self.snapshot = snapshot
        self.schemas = schemas
        state = Mutex(State())
    }

    /// A tile that is already made; nil when it must still be made or is empty.
    func kept(_ set: String, _ tile: TileCoordinate) -> Made? { state.withLock { $0.made[set]?[tile] } }

    /// The tilesets by name, built on the first call.
    func sets() async throws -> [String: TileSet] {
        if let sets = state.withLock({ $0.sets }) { return sets }
        let task = state.withLock { state -> Task<[String: TileSet], any Error> in
            if let building = state.building { return building }
            let task = Task { [snapshot, schemas] in
                try await NIOThreadPool.singleton.runIfActive {
                    let contents = CityTileContents(snapshot: snapshot)
                    return schemas.reduce(into: [String: TileSet]()) { sets, schema in
                        sets[schema.key] = TileSet(schema.value, contents: contents.contents(of: schema.key))
                    }
                }
            }
            state.building = task
            return task
        }
        let sets = try await task.value
        state.withLock { $0.sets = sets }
        return sets
    }

    /// The tag of a tile, which is known before the tile is made.
    static func tag(_ digest: UInt64, wanted: [String] = []) -> String {
        let filter = wanted.isEmpty ? "" : "-" + wanted.joined(separator: ".")
        return "\"\(Product.version)-\(String(digest, radix: 36))\(filter)\""
    }

    /// Returns a tile, making and keeping it if necessary; nil when it is empty.
    ///
    /// - Parameter wanted: the categories to include, sorted; nil includes all.
    func tile(_ set: String, _ tile: TileCoordinate, wanted: [String]?) async throws -> Made? {
        if let wanted { return try await filtered(FilteredKey(set: set, tile: tile, wanted: wanted)) }
        if let made = kept(set, tile) { return made }
        guard let tiles = try await sets()[set], let digest = tiles.digest(tile) else { return nil }
        guard let made = try await Self.make(tiles, tile, digest, wanted: nil) else { return nil }
        state.withLock { $0.made[set, default: [:]][tile] = made }
        return made
    }

    /// The uncompressed bytes of a tile, for the rare client without gzip: made on each request, not kept.
    func plain(_ set: String, _ tile: TileCoordinate, wanted: [String]?) async throws -> ByteBuffer {
        let tiles = try await sets()[set]
        return try await NIOThreadPool.singleton.runIfActive {
            ByteBuffer(bytes: tiles?.tile(tile, wanted: wanted.map(Set.init)) ?? [])
        }
    }

    private func filtered(_ key: FilteredKey) async throws -> Made? {
        if let made = state.withLock({ $0.filtered[key] }) { return made }
        guard let tiles = try await sets()[key.set], let digest = tiles.digestOfFiltered(key.tile) else { return nil }
        guard let made = try await Self.make(tiles, key.tile, digest, wanted: key.wanted) else { return nil }
        state.withLock { state in
            if state.filtered.count >= Self.maxFiltered { state.filtered = [:] }
            state.filtered[key] = made
        }
        return made
    }

    private static func make(
        _ set: TileSet,
        _ tile: TileCoordinate,
        _ digest: UInt64,
        wanted: [String]?
    ) async throws -> Made? {
        try await NIOThreadPool.singleton.runIfActive { made(set, tile, digest, wanted: wanted) }
    }

    private static func made(_ set: TileSet, _ tile: TileCoordinate, _ digest: UInt64, wanted: [String]?) -> Made? {
        let bytes = set.tile(tile, wanted: wanted.map(Set.init))
        guard !bytes.isEmpty, let packed = Gzip.pack(ByteBuffer(bytes: bytes), level: 6) else { return nil }
        return Made(packed: packed, tag: tag(digest, wanted: wanted ?? []), digest: digest)
    }

    /// Makes all tiles of the city that are still missing, in small batches so that other work can run in between.
    ///
    /// - Parameter earlier: the previous state, whose unchanged tiles are taken over.
    /// - Returns: how many tiles there are, and how many of them were newly made.
    func makeAhead(earlier: CityTiles?) async throws -> (all: Int, made: Int) {
        var (all, fresh) = (0, 0)
        for (name, set) in try await sets().sorted(by: { $0.key < $1.key }) {
            let known = earlier?.state.withLock { $0.made[name] } ?? [:]
            let tiles = set.pyramid
            var start = 0
            while start < tiles.count {
                try Task.checkCancellation()
                let part = Array(tiles[start..<min(start + 32, tiles.count)])
                start += part.count
                let made = try await NIOThreadPool.singleton.runIfActive { Self.made(part, of: set, known: known) }
                all += made.count
                fresh += made.count { !$0.isKnown }
                state.withLock { state in
                    for tile in made { state.made[name, default: [:]][tile.tile] = tile.made }
                }
            }
        }
        return (all, fresh)
    }

    private static func made(
        _ tiles: [TileCoordinate],
        of set: TileSet,
        known: [TileCoordinate: Made]
    ) -> [(tile: TileCoordinate, made: Made, isKnown: Bool)] {
        tiles.compactMap { tile in
            guard let digest = set.digest(tile) else { return nil }
            if let made = known[tile], made.digest == digest { return (tile, made, true) }
            return made(set, tile, digest, wanted: nil).map { (tile, $0, false) }
        }
    }
}
