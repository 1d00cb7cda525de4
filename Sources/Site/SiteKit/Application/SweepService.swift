import Logging
import ServiceLifecycle

/// Runs the sweeps of all features at the start and every hour.
struct SweepService: Service {
    private static let interval: Duration = .seconds(3_600)

    let sweeps: [Sweep]
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                // Attempt each separately, so that a failure of one does not prevent the others.
                for sweep in sweeps { await attempt(sweep) }
                try? await Task.sleep(for: Self.interval)
            }
        }
    }

    private func attempt(_ sweep: Sweep) async {
        do {
            try await sweep.run()
        } catch is CancellationError {
            return
        } catch {
            logger.error("\(sweep.failure)", metadata: ["error": "\(error)"])
        }
    }
}
