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
}

/// A database with the city in it.
struct OpenedCity {
    let database: DatabasePool
    let store: SpatiaLiteGazetteerStore
    let home: Home

    /// Opens the database of the settings, makes it when it is new, and loads the embedded city into an empty one.
    init(_ settings: Settings) async throws {
        home = try Home(folder: settings.home)
        let url = URL(filePath: settings.database)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        database = try SpatialDatabase.open(path: settings.database)
        store = SpatiaLiteGazetteerStore(database)
        if try await store.version() == 0 { try await loadEmbeddedCity() }
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
