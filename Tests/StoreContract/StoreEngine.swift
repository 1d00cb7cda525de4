import Accounts
import Appeals
import Attachments
import Foundation
import Gazetteer
import Mail
import SQLiteStore
import TestSupport

/// An engine that the portal database can run on; each suite of this folder runs on every one.
enum StoreEngine: String, CaseIterable, Sendable {
    case sqlite

    /// The stores of a new, empty database.
    func stores() throws -> PortalStores {
        switch self {
        case .sqlite:
            let database = try PortalDatabase.traced()
            return PortalStores(
                accounts: SQLiteAccountStore(database),
                outbox: SQLiteOutbox(database),
                corrections: SQLiteCorrectionStore(database),
                attachments: SQLiteAttachmentStore(database),
                appeals: SQLiteAppealStore(database)
            )
        }
    }

    /// The stores of several connections to one new database, as several processes have them.
    func connections(_ count: Int) throws -> [PortalStores] {
        switch self {
        case .sqlite:
            let folder = try TemporaryFolder()
            let path = folder.url.appending(path: "portal.sqlite").path
            return try (0..<count).map { _ in
                let database = try PortalDatabase.open(path: path)
                return PortalStores(
                    accounts: SQLiteAccountStore(database),
                    outbox: SQLiteOutbox(database),
                    corrections: SQLiteCorrectionStore(database),
                    attachments: SQLiteAttachmentStore(database),
                    appeals: SQLiteAppealStore(database),
                    folder: folder
                )
            }
        }
    }
}

/// The stores of the portal database, behind the protocols of the domains.
struct PortalStores: Sendable {
    let accounts: any AccountStore
    let outbox: any Outbox
    let corrections: any CorrectionStore
    let attachments: any AttachmentStore
    let appeals: any AppealStore
    /// The folder of the database, which must live as long as the stores.
    var folder: TemporaryFolder?
}
