import Foundation
public import GRDB
public import Gazetteer

/// The city as a file that is only ever replaced whole.
///
/// A published file never changes: each import builds another one beside it under the name `….building`, checks it and
/// renames it over the old one. So readers need no locks and no write-ahead log, whoever has the old file open goes on
/// reading it, and an import that fails or is killed leaves nothing but the unfinished file, which the next one deletes.
public struct CityFile: Sendable {
    /// What a new file starts from.
    public enum Start: Sendable {
        /// Nothing: what the build does not write is gone.
        case empty
        /// A copy of the present file; nothing when there is none.
        case present
    }

    private let file: DatabaseFile

    /// Names a file, which need not exist.
    public init(path: String) { file = DatabaseFile(.city, path: path) }

    /// The file itself, with a symbolic link resolved.
    public var path: String { file.path }

    /// Whether there is a file.
    public var exists: Bool { file.exists }

    /// Opens the file for reading.
    ///
    /// - Throws: `StoreError` when the environment is unsafe, or the file is missing, damaged, not a city file, or of
    ///   another version, else what SQLite throws.
    public func openForReading() throws -> DatabaseQueue {
        try file.refuseUnusable()
        try file.refuseDamaged()
        var configuration = try SpatiaLite.configuration()
        configuration.readonly = true
        return try DatabaseQueue(path: file.immutableName, configuration: configuration)
    }

    /// Throws unless the file can be read.
    ///
    /// - Throws: as `openForReading()`.
    public func refuseUnusable() throws {
        try SpatiaLite.refuseRelaxedSecurity()
        try file.refuseUnusable()
    }

    /// Builds a new file, checks it, and puts it in the place of the present one.
    ///
    /// Blocks until it is done, and takes as long as the records take; only a second build waits for it, and is refused.
    ///
    /// - Parameters:
    ///   - start: what the new file starts from.
    ///   - isDryRun: whether to throw the new file away after the check; it is then built in the temporary folder.
    ///   - fill: writes the records and returns the report that is stored with them.
    /// - Returns: the report.
    /// - Throws: `StoreError.cityIsBeingBuilt` while another process builds, `.unsoundCity` when the check fails, and what
    ///   `fill`, SQLite or the file system throws. The present file is then as it was.
    @discardableResult
    public func build(
        from start: Start,
        isDryRun: Bool = false,
        _ fill: (any CityDraft) throws -> ImportReport
    ) throws -> ImportReport {
        try SpatiaLite.refuseRelaxedSecurity()
        try refuseToReplace(whenStartingFrom: start)
        let workplace = try CityWorkplace(for: path, isDryRun: isDryRun)
        defer { workplace.leave() }
        if start == .present, file.exists { try workplace.copy(from: path) }
        let report = try fillAndCheck(workplace.path, fill)
        if !isDryRun { try workplace.publish() }
        return report
    }

    // A damaged file can be built anew, but nothing can be taken from it.
    private func refuseToReplace(whenStartingFrom start: Start) throws {
        do {
            try file.refuseForeign()
            if start == .present { try file.refuseDamaged() }
        } catch StoreError.damagedCity where start == .empty {
            return
        }
    }

    /// Puts a copy of another city file in the place of the present one, after a check.
    ///
    /// - Throws: as `build(from:isDryRun:_:)`.
    func replace(withCopyOf other: String) throws {
        let workplace = try CityWorkplace(for: path, isDryRun: false)
        defer { workplace.leave() }
        try workplace.copy(from: other)
        let copy = try CityFile(path: workplace.path).openForReading()
        try copy.read { db in try CitySoundness(db).check(path: path) }
        try copy.close()
        try workplace.publish()
    }

    private func fillAndCheck(_ path: String, _ fill: (any CityDraft) throws -> ImportReport) throws -> ImportReport {
        var configuration = try SpatiaLite.configuration()
        // Nobody else knows the file, and after a crash it is made again.
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE")
            try db.execute(sql: "PRAGMA journal_mode = OFF")
            try db.execute(sql: "PRAGMA synchronous = OFF")
        }
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try DatabaseFile.migrate(queue, .city)
        let report = try queue.write { db in
            let draft = try SQLiteCityDraft(db)
            let report = try fill(draft)
            try draft.finish(report)
            return report
        }
        try queue.read { db in try CitySoundness(db).check(path: self.path) }
        try queue.close()
        return report
    }
}
