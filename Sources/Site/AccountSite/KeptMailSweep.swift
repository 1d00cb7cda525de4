import Foundation
import Logging
import Mail
import NIOPosix
import ServiceLifecycle
import SiteKit

/// Deletes old mails from the folder that they are written to when no mail server is set.
///
/// As a service it removes the leftovers of an interrupted write, once at the start: a temporary file that is found later is
/// most likely still being written.
struct KeptMailSweep: Service {
    /// How long mails stay in the folder, seconds.
    private static let lifetime: TimeInterval = 30 * 86_400

    let folder: MailFolder
    let logger: Logger

    func run() async throws {
        do {
            try await NIOThreadPool.singleton.runIfActive { try folder.tidy() }
        } catch {
            logger.error("Leftovers of mails not deleted", metadata: ["error": "\(error)"])
        }
        // Wait for shutdown: the server stops as soon as one of its services returns.
        try? await gracefulShutdown()
    }

    /// Deletes the mails that are older than 30 days.
    func sweep() async throws {
        let time = Date() - Self.lifetime
        try await NIOThreadPool.singleton.runIfActive { try folder.sweep(before: time) }
    }
}
