import ArgumentParser
import Configuration
import Foundation
import GRDB
import Gazetteer
import Ingest
import SpatiaLiteStore
import SystemPackage
import Web

/// The option that every command with a database takes.
struct DatabaseOption: ParsableArguments {
    @Option(name: .customLong("database"), help: "The database file (default var/openalmaty.sqlite).")
    var path: String?

    /// The settings from the environment and the configuration file, with the option before them.
    func settings(_ more: [AbsoluteConfigKey: ConfigValue] = [:]) async throws -> Settings {
        var values = more
        if let path { values["database"] = ConfigValue(.string(path), isSecret: false) }
        let environment = ProcessInfo.processInfo.environment
        var providers: [any ConfigProvider] = [
            InMemoryProvider(name: "arguments", values: values),
            EnvironmentVariablesProvider().prefixKeys(with: "openalmaty"),
        ]
        if let file = environment["OPENALMATY_CONFIG"] {
            providers.append(try await FileProvider<JSONSnapshot>(filePath: .init(file)))
        }
        return try Settings(ConfigReader(providers: providers))
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
