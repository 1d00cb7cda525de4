import CityImport
import Foundation
package import GRDB
package import Gazetteer
package import SQLiteStore
package import Web

/// A database with the city in it.
package struct OpenedCity {
    package let database: DatabasePool
    package let store: SpatiaLiteGazetteerStore
    package let home: Home

    private init(_ settings: Settings, _ database: DatabasePool) throws {
        home = try Home(folder: settings.home)
        self.database = database
        store = SpatiaLiteGazetteerStore(database)
    }

    /// Opens the database of the settings, makes it when it is new, brings it to the current schema, and loads the embedded
    /// city into an empty one.
    package static func making(_ settings: Settings) async throws -> OpenedCity {
        // Found first: where the product's files are missing, no database is left behind.
        _ = try Home(folder: settings.home)
        let url = URL(filePath: settings.database)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        let city = try OpenedCity(settings, try SpatialDatabase.open(path: settings.database))
        if try await city.store.version() == 0 { try await city.loadEmbeddedCity() }
        return city
    }

    /// Opens the database of the settings as it is; a missing one is an error, and nothing is made.
    ///
    /// - Throws: `StoreError` that names the file.
    package static func existing(_ settings: Settings) throws -> OpenedCity {
        try OpenedCity(settings, try SpatialDatabase.openExisting(path: settings.database))
    }

    /// A snapshot of what the database holds.
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
