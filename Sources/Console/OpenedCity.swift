package import CityImport
import Foundation
package import Gazetteer
package import Portal
package import SQLiteStore
package import SiteKit

/// The configured city: the records of the city file, with the corrections of the portal database over them.
package struct OpenedCity {
    package let file: CityFile
    package let store: any GazetteerStore
    package let home: ResourcePaths

    /// - Parameters:
    ///   - portal: where corrections are kept; nil opens the configured database for reading, if there is one.
    ///   - readsCorrections: false for a command that changes the city, which works whatever the portal database is like.
    private init(_ settings: Settings, _ portal: OpenedPortal? = nil, readsCorrections: Bool = true) throws {
        home = try ResourcePaths(folder: settings.home)
        file = CityFile(path: settings.city)
        let city = SQLiteCityStore(file)
        let corrections: SQLiteCorrectionStore? =
            if let portal {
                SQLiteCorrectionStore(portal.database)
            } else if readsCorrections, FileManager.default.fileExists(atPath: settings.database) {
                SQLiteCorrectionStore(reading: try PortalDatabase.openCorrections(path: settings.database))
            } else {
                nil
            }
        store = corrections.map { CorrectedGazetteerStore(city, corrections: $0) } ?? city
    }

    /// Takes the configured city file; builds it from the embedded data if there is none.
    ///
    /// - Throws: `StoreError` that names the file, or `SiteError`.
    package static func making(
        _ settings: Settings,
        _ portal: OpenedPortal? = nil,
        readsCorrections: Bool = true
    ) throws -> OpenedCity {
        let city = try placed(settings, portal, readsCorrections: readsCorrections)
        try city.buildFirst()
        try city.file.refuseUnusable()
        return city
    }

    /// Names the configured city file, which need not exist, and makes its folder.
    ///
    /// - Throws: `SiteError`, or what the file system throws.
    package static func placed(
        _ settings: Settings,
        _ portal: OpenedPortal? = nil,
        readsCorrections: Bool = true
    ) throws -> OpenedCity {
        let city = try OpenedCity(settings, portal, readsCorrections: readsCorrections)
        let folder = URL(filePath: city.file.path).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return city
    }

    /// Takes the configured city file, which must exist.
    ///
    /// - Throws: `StoreError` that names the file.
    package static func existing(_ settings: Settings) throws -> OpenedCity {
        let city = try OpenedCity(settings)
        try city.file.refuseUnusable()
        return city
    }

    // Several processes may be started at once where there is no city yet; one builds it and the others wait.
    private func buildFirst() throws {
        var isReported = false
        while !file.exists {
            do {
                try build(from: [EmbeddedCity(folder: home.data)])
                return
            } catch StoreError.cityIsBeingBuilt {
                if !isReported { printError("note: another process is building \(file.path); waiting for it") }
                isReported = true
                Thread.sleep(forTimeInterval: 0.2)
            }
        }
    }

    /// Rebuilds the city; of records with the same key, the one from the last source is used.
    ///
    /// When reading fails, the records that were refused until then are listed on the standard error stream.
    ///
    /// - Parameters:
    ///   - isDryRun: whether to leave the present city.
    ///   - allowsLoss: whether the new city may have far fewer records of a layer than the present one.
    ///   - maxRefusals: the number of refused records after which reading stops.
    ///   - check: looks at the complete draft.
    /// - Throws: `CityImportError` when a file is unusable or a layer has no records, `StoreError` when the result cannot be used;
    ///   the present file then stays.
    @discardableResult
    package func build(
        from sources: [EmbeddedCity],
        isDryRun: Bool = false,
        allowsLoss: Bool = false,
        maxRefusals: Int = GazetteerImport.maxRefusals,
        check: (any CityDraft) throws -> Void = { _ in }
    ) throws -> ImportReport {
        let bar = ProgressBar()
        defer { bar.finish() }
        return try file.build(from: .empty, isDryRun: isDryRun, allowsLoss: allowsLoss) { draft in
            var load = try GazetteerImport(into: draft, maxRefusals: maxRefusals)
            do {
                for file in try EmbeddedCity.files(of: sources) {
                    try load.read(file) { name, share in bar.show(name, share) }
                }
                try load.requireEveryLayer()
            } catch {
                bar.finish()
                printRefusals(of: load.report)
                throw error
            }
            try check(draft)
            return load.report
        }
    }

    /// The corrections in force, for a command that changes the city.
    ///
    /// A damaged portal database does not make such a command fail, since the city does not need it: the command says so, and lists
    /// no conflicts.
    ///
    /// - Throws: `StoreError.foreignDatabase` when the file is not a portal database at all, which is most likely a wrong name.
    package static func overlay(_ settings: Settings) async throws -> CorrectionOverlay {
        guard FileManager.default.fileExists(atPath: settings.database) else { return CorrectionOverlay([]) }
        do {
            let portal = try PortalDatabase.openForReading(path: settings.database)
            return CorrectionOverlay(try await SQLiteCorrectionStore(reading: portal).correctionsInForce())
        } catch let error as StoreError {
            if case .foreignDatabase = error { throw error }
            return unread(error)
        } catch {
            return unread(error)
        }
    }

    private static func unread(_ error: any Error) -> CorrectionOverlay {
        printError("note: conflicts with corrections by staff are not listed: \(error)")
        return CorrectionOverlay([])
    }

    /// A snapshot of the city.
    package func snapshot() async throws -> GazetteerSnapshot {
        try GazetteerSnapshot(try await store.contents(), version: try await store.version())
    }
}
