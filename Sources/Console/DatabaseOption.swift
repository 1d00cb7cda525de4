package import ArgumentParser
package import Configuration
import Foundation
package import Portal
import SiteKit

/// The option shared by all commands that use a database.
package struct DatabaseOption: ParsableArguments {
    @Option(name: .customLong("database"), help: "The database file (default var/openalmaty.sqlite).")
    package var path: String?

    package init() {}

    /// The settings from the environment and the configuration file, overridden by the option.
    ///
    /// Probable mistakes in them are reported on the standard error stream.
    ///
    /// - Throws: `SiteError` that names the key and the allowed values.
    package func settings(_ more: [AbsoluteConfigKey: ConfigValue] = [:]) async throws -> Settings {
        var values = more
        if let path { values["database"] = ConfigValue(.string(path), isSecret: false) }
        let reader = try SettingsReader(flags: values, environment: ProcessInfo.processInfo.environment)
        for warning in reader.warnings { printError("warning: \(warning)") }
        return try Settings(reader)
    }

    /// The city, for a command that only reads it.
    ///
    /// A database named with `--database` must exist, because a mistyped name would give answers from a fresh city. The
    /// default database is created on first use, so that the program can be tried out.
    ///
    /// - Throws: `StoreError` that names the file, or `SiteError`.
    package func city() async throws -> OpenedCity {
        let settings = try await settings()
        let isMade = path == nil && !FileManager.default.fileExists(atPath: settings.database)
        return try await isMade ? OpenedCity.making(settings) : OpenedCity.existing(settings)
    }
}
