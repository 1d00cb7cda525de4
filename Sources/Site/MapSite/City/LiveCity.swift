public import Gazetteer
public import Logging
import NIOPosix
public import ServiceLifecycle
import SiteKit
import Synchronization
public import Tiles

/// The current city: readers get the current state without waiting, and an import replaces it as a whole.
public final class LiveCity: Service {
    private let current = Mutex<City?>(nil)
    private let tiled = Mutex<City?>(nil)
    private let failure = Mutex<Failure?>(nil)
    private let store: any GazetteerStore
    private let logger: Logger
    private let interval: Duration
    private let schemas: [String: TileSchema]
    private let symbols: CategorySymbols
    private let makesTilesAhead: Bool

    // The last failed reload. The city is checked every second, and an unusable one may stay for days, so the same failure is not
    // logged again.
    private struct Failure: Equatable {
        let message: String
        /// The version whose records do not form a valid city; nil when they could not be read, which may be temporary.
        let version: Int?
    }

    private struct NoCity: Error, CustomStringConvertible {
        let version: Int
        let reason: any Error
        var description: String { "\(reason)" }
    }

    /// Watches a store.
    ///
    /// - Parameters:
    ///   - store: where the gazetteer is kept.
    ///   - schemas: the tilesets of the map.
    ///   - symbols: the symbols that categories can have.
    ///   - interval: how often to check whether another process has imported something.
    ///   - makesTilesAhead: whether to make all tiles when the city is loaded instead of on demand.
    public init(
        store: any GazetteerStore,
        logger: Logger,
        schemas: [String: TileSchema],
        symbols: CategorySymbols,
        interval: Duration = .seconds(1),
        makesTilesAhead: Bool = false
    ) {
        self.schemas = schemas
        self.symbols = symbols
        self.makesTilesAhead = makesTilesAhead
        self.store = store
        self.logger = logger
        self.interval = interval
    }

    /// Whether a state is loaded.
    public var isReady: Bool { current.withLock { $0 != nil } }

    /// Loads the store's current state.
    ///
    /// - Throws: what the store throws, or an error with the reason when the districts do not form a partition.
    public func load() async throws {
        let version = try await store.version()
        let contents = try await store.contents()
        // Takes half a second, so keep it off the event loops.
        let city = try await NIOThreadPool.singleton.runIfActive { [schemas, symbols] in
            do {
                return City(try GazetteerSnapshot(contents, version: version), tiles: schemas, symbols: symbols)
            } catch {
                throw NoCity(version: version, reason: error)
            }
        }
        let snapshot = city.snapshot
        current.withLock { $0 = city }
        failure.withLock { $0 = nil }
        logger.info(
            "City loaded",
            metadata: [
                "gazetteer.version": "\(version)",
                "organizations": "\(snapshot.directory.organizations.count)",
                "addresses": "\(snapshot.addresses.addresses.count)",
            ]
        )
    }

    /// Reloads whenever the store's version changes, until shutdown.
    public func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            while !Task.isCancelled {
                if makesTilesAhead { await makeTiles() }
                try? await Task.sleep(for: interval)
                await reloadIfChanged()
            }
        }
    }

    // A failed reload keeps the old state in service; the next round tries again, and logs a failure only if it differs from the
    // last one.
    private func reloadIfChanged() async {
        do {
            // Before the first load there is nothing to replace: whoever starts the server loads it.
            guard let loaded = current.withLock({ $0?.snapshot.version }) else { return }
            let version = try await store.version()
            guard version != loaded, version != failure.withLock({ $0?.version }) else { return }
            try await load()
        } catch is CancellationError {
            return
        } catch {
            let failed = Failure(message: "\(error)", version: (error as? NoCity)?.version)
            let isKnown = failure.withLock { known in
                defer { known = failed }
                return known == failed
            }
            if !isKnown { logger.error("City not reloaded", metadata: ["error": "\(error)"]) }
        }
    }

    // Makes only what differs from the previously tiled city; if a new city arrives meanwhile, the next round makes its
    // tiles.
    private func makeTiles() async {
        guard let city = current.withLock({ $0 }) else { return }
        let earlier = tiled.withLock { $0 }
        guard earlier !== city else { return }
        do {
            let clock = ContinuousClock()
            let start = clock.now
            let tiles = try await city.tiles.makeAhead(earlier: earlier?.tiles)
            tiled.withLock { $0 = city }
            logger.info(
                "Tiles made",
                metadata: [
                    "tiles.all": "\(tiles.all)", "tiles.made": "\(tiles.made)",
                    "seconds": "\((clock.now - start) / .seconds(1))",
                ]
            )
        } catch is CancellationError {
            return
        } catch {
            logger.error("Tiles not made ahead", metadata: ["error": "\(error)"])
        }
    }

    func city() throws(Problem) -> City {
        guard let city = current.withLock({ $0 }) else { throw .notReady }
        return city
    }
}
