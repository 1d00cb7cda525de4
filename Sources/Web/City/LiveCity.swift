public import Gazetteer
public import Logging
import NIOPosix
public import ServiceLifecycle
import Synchronization

/// The city as it is now: readers take the current state without waiting, an import replaces it whole.
public final class LiveCity: Service {
    private let current = Mutex<City?>(nil)
    private let store: any GazetteerStore
    private let logger: Logger
    private let interval: Duration

    /// Watches a store.
    ///
    /// - Parameters:
    ///   - store: where the gazetteer lasts.
    ///   - interval: how often to look whether another process has imported something.
    public init(store: any GazetteerStore, logger: Logger, interval: Duration = .seconds(1)) {
        self.store = store
        self.logger = logger
        self.interval = interval
    }

    /// Whether a state is loaded.
    public var isReady: Bool { current.withLock { $0 != nil } }

    /// Loads the state the store has now.
    ///
    /// - Throws: what the store throws, or `GeoError` when the districts are no partition.
    public func load() async throws {
        let version = try await store.version()
        let contents = try await store.contents()
        // Half a second of work that must not hold up requests.
        let city = try await NIOThreadPool.singleton.runIfActive {
            City(try GazetteerSnapshot(contents, version: version))
        }
        let snapshot = city.snapshot
        current.withLock { $0 = city }
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
                try? await Task.sleep(for: interval)
                await reloadIfChanged()
            }
        }
    }

    // A failed reload leaves the old state serving; the next round tries again.
    private func reloadIfChanged() async {
        do {
            // Until the first state is loaded there is nothing to replace: whoever starts the server loads it.
            guard let loaded = current.withLock({ $0?.snapshot.version }) else { return }
            guard try await store.version() != loaded else { return }
            try await load()
        } catch is CancellationError {
            return
        } catch {
            logger.error("City not reloaded", metadata: ["error": "\(error)"])
        }
    }

    func city() throws(Problem) -> City {
        guard let city = current.withLock({ $0 }) else { throw .notReady }
        return city
    }
}
