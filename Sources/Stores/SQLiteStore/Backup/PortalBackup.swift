public import Attachments
public import Foundation
import GRDB

/// A copy of the portal database, the files of attachments and the city file in a folder of its own.
///
/// The keys that seal personal values are not in it, so that a lost backup does not reveal those values. The city can be
/// built anew, so a city file that is missing or unusable does not prevent a backup or a restore of the portal database.
public struct PortalBackup: Sendable {
    let folder: URL
    private let manifest: BackupManifest

    /// When the backup was begun; it has every change that was saved before.
    public var begun: Date { manifest.begun }
    /// Why the city file is not in the backup, or cannot be restored; nil when it can.
    public let cityFault: String?
    /// Attachments whose files were missing when the backup was made.
    public let missing: [FileDigest]

    /// Makes a backup while servers and imports go on.
    ///
    /// Everything is written into another folder beside the final one, which appears when it is complete and on the disk.
    /// What a killed backup left in the same parent is removed.
    ///
    /// - Parameters:
    ///   - database: the portal database, of this schema or an older one.
    ///   - city: the city file; `cityFault` says why it was left out.
    ///   - attachments: the files of attachments, released as soon as it is known which are needed; nil leaves them out.
    ///   - folder: where to put it; must not exist.
    ///   - version: the version of the program.
    /// - Throws: `StoreError` when the folder exists or the portal database is unsound or cannot be read, else what SQLite or
    ///   the file system throws.
    public static func make(
        database: String,
        city: CityFile,
        attachments: HeldStorage? = nil,
        in folder: URL,
        version: String,
        now: Date = .now
    ) throws -> PortalBackup {
        guard !FileManager.default.fileExists(atPath: folder.path) else {
            throw StoreError.existingBackup(path: folder.path)
        }
        let workplace = try BackupWorkplace(for: folder)
        defer { workplace.leave() }
        let part = workplace.folder
        try copyPortal(database, to: part.appending(path: BackupManifest.portal))
        // The files come second: while they are held, none to which the copy refers is deleted.
        let staged = try attachments?.stage(try AttachmentContents.read(part.appending(path: BackupManifest.portal)))
        if let staged {
            try staged.copy(to: part.appending(path: BackupManifest.attachments))
        }
        var names = [BackupManifest.portal]
        let cityFault = try fault { try copyCity(city, to: part.appending(path: BackupManifest.city)) }
        if cityFault == nil { names.append(BackupManifest.city) }
        let files = try names.map { ($0, try BackupManifest.File(measuring: part.appending(path: $0))) }
        let manifest = BackupManifest(
            format: BackupManifest.newest,
            version: version,
            begun: now,
            files: Dictionary(uniqueKeysWithValues: files),
            attachments: staged.map { .init(files: $0.usage.files, bytes: $0.usage.bytes) }
        )
        try manifest.write(to: part)
        for name in names + [BackupManifest.name] { try FileSync.synchronize(part.appending(path: name).path) }
        try FileSync.synchronize(part.path)
        try workplace.publish()
        return PortalBackup(
            folder: folder,
            manifest: manifest,
            cityFault: cityFault,
            missing: staged?.missing ?? []
        )
    }

    /// What the backup has of attachments: their files, and the bytes of these; nil when it was made without.
    public var attachments: StorageUsage? {
        manifest.attachments.map { StorageUsage(files: $0.files, bytes: $0.bytes) }
    }

    private static func copyPortal(_ database: String, to copy: URL) throws {
        // Opened with locking, because a server may start using the database meanwhile.
        let source = try PortalDatabase.openForBackup(path: database)
        let descriptor = open(copy.path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else { throw StoreError.unwritable(path: copy.path, code: errno) }
        close(descriptor)
        let target = try DatabaseQueue(path: copy.path)
        // One consistent read of the source; writers go on beside it.
        try source.backup(to: target)
        try target.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA journal_mode = DELETE") }
        try refuseUnsound(target, copiedFrom: database)
        try target.close()
        try source.close()
    }

    // A backup that cannot be used would be noticed only when it is needed.
    private static func refuseUnsound(_ copy: DatabaseQueue, copiedFrom database: String) throws {
        let findings = try copy.read { db in
            try [DatabaseFinding.integrity(of: "portal", db), .references(of: "portal", db)]
        }
        guard let fault = findings.first(where: { !$0.passed }) else { return }
        throw StoreError.damagedDatabase(path: database, reason: "\(fault.subject): \(fault.detail)")
    }

    private static func copyCity(_ city: CityFile, to copy: URL) throws {
        try city.refuseUnusable()
        // A published city file never changes, so that a plain copy is a whole one.
        try FileManager.default.copyItem(atPath: city.path, toPath: copy.path)
        do {
            try CityFile(path: copy.path).openForReading().close()
        } catch StoreError.damagedCity(_, let reason) {
            try FileManager.default.removeItem(at: copy)
            throw StoreError.damagedCity(path: city.path, reason: reason)
        }
    }

    /// The reason why a step with the city failed, if it was the file.
    private static func fault(_ step: () throws -> Void) throws -> String? {
        do {
            try step()
            return nil
        } catch let error as StoreError {
            return error.description
        }
    }

    /// Opens a backup, and compares its files with what was written.
    ///
    /// - Parameter leavesCity: whether to leave the city file out of account, as when only it was changed.
    /// - Throws: `StoreError.unusableBackup`, or the error of a portal database that cannot be used.
    public init(in folder: URL, leavingCity leavesCity: Bool = false) throws {
        let manifest = try BackupManifest.read(folder)
        let missing: [FileDigest]
        let holdsCity = manifest.files[BackupManifest.city] != nil
        for name in [BackupManifest.portal] + (holdsCity && !leavesCity ? [BackupManifest.city] : []) {
            let measured = try? BackupManifest.File(measuring: folder.appending(path: name))
            guard let measured, measured == manifest.files[name] else {
                throw StoreError.unusableBackup(path: folder.path, reason: "\(name) is missing or was changed")
            }
        }
        let portal = DatabaseFile(.portal, path: folder.appending(path: BackupManifest.portal).path)
        try portal.refuseUnmigratable()
        try portal.refuseDamaged()
        if let attachments = manifest.attachments {
            let contents = try AttachmentContents.read(folder.appending(path: BackupManifest.portal))
            let copy = FileStorage(reading: folder.appending(path: BackupManifest.attachments))
            let faulty = try copy.unsound(contents)
            missing = faulty
            guard Set(contents).count - faulty.count == attachments.files else {
                throw StoreError.unusableBackup(
                    path: folder.path,
                    reason: "files of attachments are missing or were changed, such as \(faulty.first?.rawValue ?? "")"
                )
            }
        } else {
            missing = []
        }
        let city = CityFile(path: folder.appending(path: BackupManifest.city).path)
        let cityFault =
            leavesCity
            ? "it was to be left out"
            : holdsCity ? try Self.fault { try city.openForReading().close() } : "the backup was made without one"
        self.init(folder: folder, manifest: manifest, cityFault: cityFault, missing: missing)
    }

    private init(folder: URL, manifest: BackupManifest, cityFault: String?, missing: [FileDigest]) {
        (self.folder, self.manifest) = (folder, manifest)
        (self.cityFault, self.missing) = (cityFault, missing)
    }
}
