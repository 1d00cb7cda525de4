import Gazetteer
import Geo
import Gzip
import HTTPTypes
import NIOCore
import NIOPosix
import Synchronization
import Tiles

/// The map's tiles for one state of the city: made when first asked for or ahead of time, packed once, kept.
///
/// Building the tilesets takes about a second, so it happens off the event loops, once, and readers of the first tiles
/// wait for it. A tile that shows what it showed in the state before is taken over from there.
final class CityTiles: Sendable {
    /// A tile as it is sent.
    struct Made: Sendable {
        let packed: ByteBuffer
        /// The strong entity tags of the bytes before and after packing, with their quotes.
        let tag: String
        let packedTag: String
        /// The header fields of both forms, made once: a tile is answered many times.
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

    /// So many filtered tiles are kept; then they are forgotten all at once.
    private static let mostFiltered = 4_096

    private let state: Mutex<State>
    private let snapshot: GazetteerSnapshot
    let schemas: [String: TileSchema]

    init(_ snapshot: GazetteerSnapshot, schemas: [String: TileSchema]) {
        self.snapshot = snapshot
        self.schemas = schemas
        state = Mutex(State())
    }

    /// A tile that is made already; nil when it must be made or is empty.
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

    /// The tag of a tile, known before it is made; nil when the tile is empty.
    static func tag(_ digest: UInt64, wanted: [String] = []) -> String {
        let filter = wanted.isEmpty ? "" : "-" + wanted.joined(separator: ".")
        return "\"\(Portal.version)-\(String(digest, radix: 36))\(filter)\""
    }

    /// A tile, made now and kept unless it was already; nil when it is empty.
    ///
    /// - Parameter wanted: the categories to let through, sorted; nil lets through all.
    func tile(_ set: String, _ tile: TileCoordinate, wanted: [String]?) async throws -> Made? {
        if let wanted { return try await filtered(FilteredKey(set: set, tile: tile, wanted: wanted)) }
        if let made = kept(set, tile) { return made }
        guard let tiles = try await sets()[set], let digest = tiles.digest(tile) else { return nil }
        guard let made = try await Self.make(tiles, tile, digest, wanted: nil) else { return nil }
        state.withLock { $0.made[set, default: [:]][tile] = made }
        return made
    }

    /// The bytes of a tile before packing, for the rare client that cannot unpack: made again, not kept.
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
            if state.filtered.count >= Self.mostFiltered { state.filtered = [:] }
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

    /// Makes all tiles of the city that are not there yet, a few at a time so that other work comes between.
    ///
    /// - Parameter earlier: the state before, whose tiles are taken over where they show the same.
    /// - Returns: how many tiles there are and how many of them were made now.
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
