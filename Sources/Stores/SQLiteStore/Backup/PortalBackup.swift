public import Foundation
import GRDB

/// A copy of the portal database and the city file in a folder of its own.
///
/// The keys that seal personal values are not in it: kept apart, a lost backup does not give them away.
public struct PortalBackup: Sendable {
    private let folder: URL
    private let manifest: BackupManifest

    /// When the backup was begun; it has every change that was saved before.
    public var begun: Date { manifest.begun }

    /// Makes a backup while servers and imports go on.
    ///
    /// Everything is written into another folder beside the final one, which appears when it is complete and on the disk.
    ///
    /// - Parameters:
    ///   - folder: where to put it; must not exist.
    ///   - version: the version of the program.
    /// - Throws: `StoreError` when the folder exists or a database cannot be read, else what SQLite or the file system throws.
    public static func make(
        database: String,
        city: CityFile,
        in folder: URL,
        version: String,
        now: Date = .now
    ) throws -> PortalBackup {
        let manager = FileManager.default
        guard !manager.fileExists(atPath: folder.path) else { throw StoreError.existingBackup(path: folder.path) }
        let part = folder.deletingLastPathComponent().appending(path: ".\(folder.lastPathComponent).\(getpid()).part")
        try manager.createDirectory(
            at: part,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        do {
            let portalCopy = part.appending(path: BackupManifest.portal)
            let cityCopy = part.appending(path: BackupManifest.city)
            try copyPortal(database, to: portalCopy)
            try city.refuseUnusable()
            // A published city file never changes, so that a plain copy is a whole one.
            try manager.copyItem(atPath: city.path, toPath: cityCopy.path)
            let manifest = BackupManifest(
                format: 1,
                version: version,
                begun: now,
                files: [
                    BackupManifest.portal: try .init(measuring: portalCopy),
                    BackupManifest.city: try .init(measuring: cityCopy),
                ]
            )
            try manifest.write(to: part)
            for name in [BackupManifest.portal, BackupManifest.city, BackupManifest.name] {
                try FileSync.synchronize(part.appending(path: name).path)
            }
            try FileSync.synchronize(part.path)
            try manager.moveItem(at: part, to: folder)
            try FileSync.synchronize(folder.deletingLastPathComponent().path)
            return PortalBackup(folder: folder, manifest: manifest)
        } catch {
            try? manager.removeItem(at: part)
            throw error
        }
    }

    private static func copyPortal(_ database: String, to copy: URL) throws {
        // Not opened as a file that nobody has open, because a server may start meanwhile.
        let source = try PortalDatabase.openExisting(path: database)
        let descriptor = open(copy.path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else { throw StoreError.unwritable(path: copy.path, code: errno) }
        close(descriptor)
        let target = try DatabaseQueue(path: copy.path)
        // One consistent read of the source; writers go on beside it.
        try source.backup(to: target)
        try target.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA journal_mode = DELETE") }
        try target.close()
        try source.close()
    }

    /// Opens a backup, and compares its files with what was written.
    ///
    /// - Throws: `StoreError.unusableBackup`, or the error of a database that cannot be used.
    public init(in folder: URL) throws {
        let manifest = try BackupManifest.read(folder)
        for name in [BackupManifest.portal, BackupManifest.city] {
            guard let measured = try? BackupManifest.File(measuring: folder.appending(path: name)),
                measured == manifest.files[name]
            else { throw StoreError.unusableBackup(path: folder.path, reason: "\(name) is missing or was changed") }
        }
        self.init(folder: folder, manifest: manifest)
        try portal.refuseForeign()
        try portal.refuseDamaged()
        _ = try CityFile(path: folder.appending(path: BackupManifest.city).path).openForReading()
    }

    private init(folder: URL, manifest: BackupManifest) { (self.folder, self.manifest) = (folder, manifest) }

    private var portal: DatabaseFile { DatabaseFile(.portal, path: folder.appending(path: BackupManifest.portal).path) }

    /// Puts the files of the backup in the place of the present ones, which are kept under other names.
    ///
    /// - Returns: the names of the files that were set aside.
    /// - Throws: `StoreError.databaseInUse` while a server or command has the present database open; nothing is changed then.
    ///   Else what SQLite or the file system throws.
    public func restore(database path: String, city: CityFile, now: Date = .now) throws -> [String] {
        let present = DatabaseFile(.portal, path: path)
        let parent = URL(filePath: present.path).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        try Self.refuseOpen(present)
        let part = present.path + ".restoring"
        try? FileManager.default.removeItem(atPath: part)
        try FileManager.default.copyItem(atPath: portal.path, toPath: part)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: part)
        try FileSync.synchronize(part)
        try city.replace(withCopyOf: folder.appending(path: BackupManifest.city).path)
        let aside = try Self.setAside(present, at: now)
        try FileManager.default.moveItem(atPath: part, toPath: present.path)
        try FileSync.synchronize(parent.path)
        return aside
    }

    /// A database that nobody has open leaves its log when it is asked to; the log is then in the file.
    private static func refuseOpen(_ file: DatabaseFile) throws {
        guard file.exists else { return }
        do {
            let queue = try DatabaseQueue(path: file.path)
            defer { try? queue.close() }
            try queue.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA journal_mode = DELETE") }
        } catch let error as DatabaseError where [.SQLITE_BUSY, .SQLITE_LOCKED].contains(error.resultCode) {
            throw StoreError.databaseInUse(path: file.path)
        } catch is DatabaseError {
            // A damaged file is why people restore.
        }
    }

    private static func setAside(_ file: DatabaseFile, at now: Date) throws -> [String] {
        let ending = ".before-restore-\(Int(now.timeIntervalSince1970))"
        return try ["", "-wal", "-shm"].compactMap { end in
            guard FileManager.default.fileExists(atPath: file.path + end) else { return nil }
            try FileManager.default.moveItem(atPath: file.path + end, toPath: file.path + end + ending)
            return file.path + end + ending
        }
    }
}
