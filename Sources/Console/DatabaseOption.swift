package import ArgumentParser
package import Configuration
import Foundation
package import Portal
import SQLiteStore
import SiteKit

/// The options shared by all commands that use the portal database or the city.
package struct DatabaseOption: ParsableArguments {
    @Option(name: .customLong("database"), help: "The portal database (default var/portal.sqlite).")
    package var path: String?

    @Option(
        name: .customLong("city"),
        help: "The city file (default: beside the portal database, as NAME.city.sqlite)."
    )
    package var cityPath: String?

    package init() {}

    /// The settings from the environment and the configuration file, overridden by the options.
    ///
    /// Probable mistakes in them are reported on the standard error stream.
    ///
    /// - Throws: `SiteError` that names the key and the allowed values.
    package func settings(_ more: [AbsoluteConfigKey: ConfigValue] = [:]) async throws -> Settings {
        var values = more
        if let path { values["database"] = ConfigValue(.string(path), isSecret: false) }
        if let cityPath { values["city"] = ConfigValue(.string(cityPath), isSecret: false) }
        let reader = try SettingsReader(flags: values, environment: ProcessInfo.processInfo.environment)
        for warning in reader.warnings { printError("warning: \(warning)") }
        return try Settings(reader)
    }

    /// The city, for a command that only reads it.
    ///
    /// Files named with `--database` or `--city` must exist, because a mistyped name would give answers from a fresh city.
    /// The default files are created on first use, so that the program can be tried out.
    ///
    /// - Throws: `StoreError` that names the file, or `SiteError`.
    package func city() async throws -> OpenedCity {
        let settings = try await settings()
        let hasPortal = FileManager.default.fileExists(atPath: settings.database)
        if path != nil, !hasPortal { throw StoreError.missingDatabase(path: settings.database) }
        guard path == nil, cityPath == nil else { return try OpenedCity.existing(settings) }
        if !hasPortal { _ = try OpenedPortal.making(settings) }
        return try OpenedCity.making(settings)
    }
}
