import Attachments
import Logging
import ServiceLifecycle

/// Scans the files that wait for a verdict, and measures the storage, every minute as long as the server runs.
struct AttachmentService: Service {
    private static let interval: Duration = .seconds(60)

    let attachments: SiteAttachments
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            // Log a lasting failure only once.
            var last: String?
            while !Task.isCancelled {
                let failure = await attempt()
                if let failure, failure != last {
                    logger.error(
                        "Attachments that wait for their scan stay invisible",
                        metadata: ["error": "\(failure)"]
                    )
                }
                if failure == nil, last != nil { logger.notice("Attachments are scanned again") }
                last = failure
                try? await Task.sleep(for: Self.interval)
            }
        }
    }

    /// Runs one round.
    ///
    /// - Returns: why files still wait; nil when none had to.
    private func attempt() async -> String? {
        do {
            let report = try await attachments.scanDue()
            try await attachments.measure()
            return report.postponed > 0 ? report.reason ?? "no verdict" : nil
        } catch is CancellationError {
            return nil
        } catch {
            return "\(error)"
        }
    }
}
