import Accounts
import Foundation
import Logging
import Mail
import NIOPosix
import ServiceLifecycle

/// Deletes what has expired: links, sessions, counters, mails in a folder; at start and every hour.
struct AccountSweep: Service {
    let accounts: AccountService
    /// The folder of mails, when no mail server is set.
    var folder: MailFolder?
    let logger: Logger
    /// How long mails stay in the folder, seconds.
    private static let keepsMails: TimeInterval = 30 * 86_400
    private static let interval: Duration = .seconds(3_600)

    func run() async throws {
        await tidyFolder()
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                // Attempt each separately, so that a failure of one does not prevent the other.
                await attempt("Expired records not deleted") { try await accounts.sweep() }
                await attempt("Kept mails not deleted") { try await sweepFolder() }
                try? await Task.sleep(for: Self.interval)
            }
        }
    }

    private func attempt(_ failure: Logger.Message, _ body: () async throws -> Void) async {
        do {
            try await body()
        } catch is CancellationError {
            return
        } catch {
            logger.error(failure, metadata: ["error": "\(error)"])
        }
    }

    // Only at start: later, a temporary file is most likely still being written.
    private func tidyFolder() async {
        guard let folder else { return }
        do {
            try await NIOThreadPool.singleton.runIfActive { try folder.tidy() }
        } catch {
            logger.error("Leftovers of mails not deleted", metadata: ["error": "\(error)"])
        }
    }

    private func sweepFolder() async throws {
        guard let folder else { return }
        let time = Date() - Self.keepsMails
        try await NIOThreadPool.singleton.runIfActive { try folder.sweep(before: time) }
    }
}
