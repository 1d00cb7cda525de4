import Foundation
package import GRDB
package import Portal
import SQLiteStore
package import SiteKit

/// The configured portal database, with the program's files.
package struct OpenedPortal {
    package let database: DatabasePool
    package let home: ResourcePaths

    /// Opens the database: creates it if it is missing, and migrates it to the current schema.
    ///
    /// - Throws: `StoreError` that names the file, or `SiteError`.
    package static func making(_ settings: Settings) throws -> OpenedPortal {
        // Locate the product's files first, so that no database is created when they are missing.
        let home = try ResourcePaths(folder: settings.home)
        let folder = URL(filePath: settings.database).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return OpenedPortal(database: try PortalDatabase.open(path: settings.database), home: home)
    }

    /// Opens the database without changing it; a missing file is an error.
    ///
    /// - Throws: `StoreError` that names the file.
    package static func existing(_ settings: Settings) throws -> OpenedPortal {
        let home = try ResourcePaths(folder: settings.home)
        return OpenedPortal(database: try PortalDatabase.openExisting(path: settings.database), home: home)
    }
}
