import Foundation
public import GRDB
public import Gazetteer

/// The city as a file that is only ever replaced whole.
///
/// A published file never changes: each import builds another one beside it under the name `….building`, checks it and
/// renames it over the old one. Readers therefore need no locks and no write-ahead log; a process that has the old file open
/// keeps reading it. An import that fails or is killed leaves only the unfinished file, which the next import deletes.
public struct CityFile: Sendable {
    /// What a new file starts from.
    public enum Start: Sendable {
        /// An empty file; records that the build does not write are not in the new city.
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
    public func openForReading() throws -> DatabaseQueue { try openForReading(refusingDamaged: true) }

    /// Reads from the present file on a thread of its own: opening it reads every page to see whether it is damaged, and a
    /// thread that answers requests must not wait for that.
    ///
    /// - Parameter refusingDamaged: whether to look at every page first.
    /// - Throws: as `openForReading()`, and what `body` throws.
    func read<Value: Sendable>(
        refusingDamaged: Bool = true,
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(
                    with: Result { try openForReading(refusingDamaged: refusingDamaged).read(body) }
                )
            }
        }
    }

    private func openForReading(refusingDamaged: Bool) throws -> DatabaseQueue {
        try file.refuseUnusable()
        if refusingDamaged { try file.refuseDamaged() }
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
    /// Blocks until it is done. Readers and the portal database are not affected; a second build is refused meanwhile.
    ///
    /// - Parameters:
    ///   - start: what the new file starts from.
    ///   - isDryRun: whether to throw the new file away after the check; it is then built in the temporary folder.
    ///   - allowsLoss: whether the new file may have far fewer records of a layer than the present one (`LayerLoss`).
    ///   - fill: writes the records and returns the report that is stored with them.
    /// - Returns: the report.
    /// - Throws: `StoreError.cityIsBeingBuilt` while another process builds, `.unsoundCity` when the check fails, `.shrunkCity`
    ///   when records would be lost, and what `fill`, SQLite or the file system throws. The present file is then as it was.
    @discardableResult
    public func build(
        from start: Start,
        isDryRun: Bool = false,
        allowsLoss: Bool = false,
        _ fill: (any CityDraft) throws -> ImportReport
    ) throws -> ImportReport {
        try SpatiaLite.refuseRelaxedSecurity()
        try refuseToReplace(whenStartingFrom: start)
        let workplace = try CityWorkplace(for: path, isDryRun: isDryRun)
        defer { workplace.leave() }
        if start == .present, file.exists { try workplace.copy(from: path) }
        let built: (report: ImportReport, counts: [Layer: Int])
        do {
            built = try fillAndCheck(workplace.path, fill)
        } catch let error as DatabaseError where [.SQLITE_FULL, .SQLITE_IOERR].contains(error.resultCode) {
            throw StoreError.unwritable(path: workplace.path, code: error.resultCode == .SQLITE_FULL ? ENOSPC : EIO)
        }
        let losses = LayerLoss.losses(from: presentCounts, to: built.counts)
        guard allowsLoss || losses.isEmpty else { throw StoreError.shrunkCity(path: path, losses: losses) }
        if !isDryRun { try workplace.publish() }
        return built.report
    }

    // A file that cannot be read has nothing to lose.
    private var presentCounts: [Layer: Int] {
        let counts = try? openForReading(refusingDamaged: false).read(LayerLoss.counts)
        return counts ?? [:]
    }

    // A damaged file can be replaced by a build from nothing, but cannot be the start of an import.
    private func refuseToReplace(whenStartingFrom start: Start) throws {
        do {
            try file.refuseForeign()
            if start == .present { try file.refuseDamaged() }
        } catch StoreError.damagedCity where start == .empty {
            return
        }
    }

    private func fillAndCheck(
        _ path: String,
        _ fill: (any CityDraft) throws -> ImportReport
    ) throws -> (report: ImportReport, counts: [Layer: Int]) {
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
        let counts = try queue.read { db in
            try CitySoundness(db).check(path: self.path)
            return try LayerLoss.counts(db)
        }
        try queue.close()
        return (report, counts)
    }
}
