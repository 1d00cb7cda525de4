package import Civic
package import Logging
import ServiceLifecycle
import Synchronization

/// Whether changes can be saved, for `/readyz`; each change of state is logged once, with what to do.
///
/// It also checks periodically, so the log is right even when nobody asks `/readyz`.
package final class DatabaseReadiness: Service {
    private static let interval: Duration = .seconds(30)

    private let probe: (any StoreProbe)?
    private let logger: Logger
    private let last = Mutex<StoreFailure?>(nil)

    /// - Parameter probe: nil when nothing is written to a file, as in tests.
    package init(_ probe: (any StoreProbe)?, logger: Logger) { (self.probe, self.logger) = (probe, logger) }

    /// - Throws: `Problem.unwritable` when changes cannot be saved.
    package func check() async throws(Problem) {
        let failure = await probe?.failure()
        let isNew = last.withLock { last in
            defer { last = failure }
            return last != failure
        }
        guard let failure else {
            if isNew { logger.notice("Changes can be saved again") }
            return
        }
        if isNew {
            logger.critical(
                "Changes cannot be saved",
                metadata: ["reason": "\(failure.rawValue)", "remedy": "\(Self.remedy(failure))"]
            )
        }
        throw .unwritable(code: failure.rawValue)
    }

    /// Checks periodically until shutdown.
    package func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            while !Task.isCancelled {
                // `check()` logs the error.
                try? await check()
                try? await Task.sleep(for: Self.interval)
            }
        }
    }

    private static func remedy(_ failure: StoreFailure) -> String {
        switch failure {
        case .diskFull: "make space on the disk that holds the database; the server then goes on by itself"
        case .filesMoved:
            "the database or its -wal file was replaced, deleted or written over: stop the server, which renames its -wal and "
                + "-shm files, put the files back or restore a backup, and start it"
        case .unwritable: "look at the disk and the rights of the database, then restart the server"
        }
    }
}
