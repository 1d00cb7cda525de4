import CityImport
import Foundation
package import GRDB
package import Gazetteer
package import Portal
package import SQLiteStore
package import SiteKit

/// A database that contains the city.
package struct OpenedCity {
    package let database: DatabasePool
    package let store: SpatiaLiteGazetteerStore
    package let home: ResourcePaths

    private init(_ settings: Settings, _ database: DatabasePool) throws {
        home = try ResourcePaths(folder: settings.home)
        self.database = database
        store = SpatiaLiteGazetteerStore(database)
    }

    /// Opens the configured database: creates it if it is missing, migrates it to the current schema, and loads the embedded
    /// city into an empty one.
    package static func making(_ settings: Settings) async throws -> OpenedCity {
        // Locate the product's files first, so that no database is created when they are missing.
        _ = try ResourcePaths(folder: settings.home)
        let url = URL(filePath: settings.database)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        let city = try OpenedCity(settings, try SpatialDatabase.open(path: settings.database))
        if try await city.store.version() == 0 { try await city.loadEmbeddedCity() }
        return city
    }

    /// Opens the configured database without changing it; a missing file is an error.
    ///
    /// - Throws: `StoreError` that names the file.
    package static func existing(_ settings: Settings) throws -> OpenedCity {
        try OpenedCity(settings, try SpatialDatabase.openExisting(path: settings.database))
    }

    /// A snapshot of the database's contents.
    package func snapshot() async throws -> GazetteerSnapshot {
        try GazetteerSnapshot(try await store.contents(), version: try await store.version())
    }

    private func loadEmbeddedCity() async throws {
        let bar = ProgressBar()
        let load = try EmbeddedCity(folder: home.data).load { file, share in bar.show(file, share) }
        bar.finish()
        try await store.apply(load.changes, report: load.report)
    }
}
