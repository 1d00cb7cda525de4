package import Attachments
import Foundation
package import Portal
import SQLiteStore
import SiteKit

/// The configured store of attachments: its folder and its records.
package struct OpenedAttachments {
    package let storage: FileStorage
    package let useCases: AttachmentUseCases

    private init(_ settings: Settings, _ storage: FileStorage, _ store: SQLiteAttachmentStore) {
        self.storage = storage
        let limits = settings.attachments.limits
        useCases = AttachmentUseCases(
            store: store,
            storage: storage,
            scanner: settings.attachments.scanner.map { ClamAVScanner($0, limit: limits.scanTime) },
            limits: limits
        )
    }

    /// Opens the store for a server; its folder is made if it does not exist.
    ///
    /// - Throws: `AttachmentsError.fileSystem`.
    package static func making(_ settings: Settings, _ portal: OpenedPortal) throws -> OpenedAttachments {
        let storage = try FileStorage(settings.attachments.folder)
        return OpenedAttachments(settings, storage, SQLiteAttachmentStore(portal.database))
    }

    /// Opens the store for reading only; nothing is created.
    ///
    /// - Throws: `StoreError` that names the database.
    package static func reading(_ settings: Settings) throws -> OpenedAttachments {
        let database = try PortalDatabase.openForReading(path: settings.database)
        let storage = FileStorage(reading: settings.attachments.folder)
        return OpenedAttachments(settings, storage, SQLiteAttachmentStore(database))
    }
}
