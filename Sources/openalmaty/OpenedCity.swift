import ArgumentParser
import Configuration
import Foundation
import GRDB
import Gazetteer
import Ingest
import SpatiaLiteStore
import Web

/// The option that every command with a database takes.
struct DatabaseOption: ParsableArguments {
    @Option(name: .customLong("database"), help: "The database file (default var/openalmaty.sqlite).")
    var path: String?

    /// The settings from the environment and the configuration file, with the option before them.
    ///
    /// What is probably a mistake in them is told on the standard error stream.
    ///
    /// - Throws: `WebError` that names the key and what it allows.
    func settings(_ more: [AbsoluteConfigKey: ConfigValue] = [:]) async throws -> Settings {
        var values = more
        if let path { values["database"] = ConfigValue(.string(path), isSecret: false) }
        let reader = try SettingsReader(flags: values, environment: ProcessInfo.processInfo.environment)
        for warning in reader.warnings { printError("warning: \(warning)") }
        return try Settings(reader)
    }

    /// The city for a command that only asks about it.
    ///
    /// A database that `--database` names must be there: a mistyped name would give answers from a fresh city. The
    /// portal's own is made at the first question, so that the program can be tried out.
    ///
    /// - Throws: `StoreError` that names the file, or `WebError`.
    func city() async throws -> OpenedCity {
        let settings = try await settings()
        let isMade = path == nil && !FileManager.default.fileExists(atPath: settings.database)
        return try await isMade ? OpenedCity.making(settings) : OpenedCity.existing(settings)
    }
}

/// A database with the city in it.
struct OpenedCity {
    let database: DatabasePool
    let store: SpatiaLiteGazetteerStore
    let home: Home

    private init(_ settings: Settings, _ database: DatabasePool) throws {
        home = try Home(folder: settings.home)
        self.database = database
        store = SpatiaLiteGazetteerStore(database)
    }

    /// Opens the database of the settings, makes it when it is new, brings it to the current schema, and loads the embedded
    /// city into an empty one.
    static func making(_ settings: Settings) async throws -> OpenedCity {
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
    static func existing(_ settings: Settings) throws -> OpenedCity {
        try OpenedCity(settings, try SpatialDatabase.openExisting(path: settings.database))
    }

    /// A snapshot of what the database holds.
    func snapshot() async throws -> GazetteerSnapshot {
        try GazetteerSnapshot(try await store.contents(), version: try await store.version())
    }

    private func loadEmbeddedCity() async throws {
        let bar = ProgressBar()
        let load = try EmbeddedCity(folder: home.data).load { file, share in bar.show(file, share) }
        bar.finish()
        try await store.apply(load.changes, report: load.report)
    }
}
