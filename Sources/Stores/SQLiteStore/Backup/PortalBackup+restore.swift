import Attachments
public import Foundation
import GRDB

extension PortalBackup {
    /// Puts the files of the backup in the place of the present ones, which are kept under other names.
    ///
    /// The new files are prepared and brought to the disk beside the present ones. An interruption before the swap leaves
    /// everything as it was; one between the portal database and the city leaves the new database with the old city. A
    /// portal database of an older schema is migrated. Sessions, links and codes in it are ended, and waiting mails given
    /// up. The files keep the owner and the mode of those that they replace.
    ///
    /// - Throws: `StoreError.databaseInUse` while a server or command has the present database open, `.sameFile` when the
    ///   names do not differ, `.foreignDatabase` when one names something else than its kind, `.cityIsBeingBuilt` during an
    ///   import, else what SQLite or the file system throws; nothing is changed then.
    ///
    /// The files of attachments are added to the present ones before the portal database is swapped, so that at no moment a
    /// record is without its file. Present ones that the backup does not have are given a second name, because the server will delete
    /// those without a record.
    ///
    /// - Parameter attachments: the folder of the attachments; nil leaves them as they are.
    public func restore(
        database path: String,
        city: CityFile,
        attachments: URL? = nil,
        now: Date = .now
    ) throws -> RestoreReport {
        let present = DatabaseFile(.portal, path: path)
        try refuseSameFiles(present.path, city.path)
        try present.refuseToReplace()
        if cityFault == nil { try DatabaseFile(.city, path: city.path).refuseToReplace() }
        for file in [present.path, city.path] {
            let parent = URL(filePath: file).deletingLastPathComponent()
            try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        }
        try Self.settle(present)
        let lock = present.exists ? try DatabaseLock(present.path) : nil
        defer { lock?.unlock() }
        let part = present.path + ".restoring"
        defer { ReplacedFiles.remove(part) }
        let state = try preparePortal(part, replacing: present.path, now: now)
        let aside = ReplacedFiles([present.path, city.path] + (attachments.map { [$0.path] } ?? []), at: now)
        var cityFault = cityFault
        let workplace = cityFault == nil ? try CityWorkplace(for: city.path, isDryRun: false) : nil
        defer { workplace?.leave() }
        var keptCity: String?
        if let workplace {
            do {
                try prepareCity(workplace, replacing: city.path)
                keptCity = try aside.keep(city.path)
            } catch {
                cityFault = "\(error)"
            }
        }
        let keptFiles = try attachments.flatMap { try restoreAttachments(to: $0, aside) }
        let keptPortal = try aside.keep(present.path)
        try aside.moveLogs(of: present.path)
        guard rename(part, present.path) == 0 else { throw StoreError.unwritable(path: present.path, code: errno) }
        try FileSync.synchronizeNames(in: URL(filePath: present.path).deletingLastPathComponent().path)
        if cityFault == nil, let workplace {
            do { try workplace.publish() } catch { cityFault = "\(error)" }
        }
        return RestoreReport(
            kept: [keptPortal, keptCity, keptFiles].compactMap { $0 },
            cityFault: cityFault,
            state: state
        )
    }

    /// Adds the files of the backup.
    ///
    /// - Returns: the folder in which those are kept that only the present database needs; nil when there are none.
    private func restoreAttachments(to folder: URL, _ aside: ReplacedFiles) throws -> String? {
        guard attachments != nil else { return nil }
        let contents = try AttachmentContents.read(portal).filter { !missing.contains($0.digest) }
        let present = try FileStorage(folder)
        let second = aside.name(of: folder.path)
        let count = try present.keep(allBut: contents, in: URL(filePath: second))
        let copy = FileStorage(reading: self.folder.appending(path: BackupManifest.attachments))
        try present.add(contents, from: copy)
        return count > 0 ? second : nil
    }

    private var portal: URL { folder.appending(path: BackupManifest.portal) }
    private var city: URL { folder.appending(path: BackupManifest.city) }

    private func refuseSameFiles(_ database: String, _ city: String) throws {
        var seen: [String: String] = [:]
        for path in [portal.path, self.city.path, database, city] {
            if let other = seen.updateValue(path, forKey: Self.identity(of: path)) {
                throw StoreError.sameFile(path: path, other: other)
            }
        }
    }

    /// What two names of one file share: its number, or for a file still to be made the name in the real folder.
    private static func identity(of path: String) -> String {
        var status = stat()
        if stat(path, &status) == 0 { return "\(status.st_dev):\(status.st_ino)" }
        let url = URL(filePath: path).standardizedFileURL
        let folder = url.deletingLastPathComponent().resolvingSymlinksInPath()
        return folder.appending(path: url.lastPathComponent).path
    }

    /// Brings what a killed server left in the log into the database, so that there is a single file to replace.
    ///
    /// A log that does not belong to the database, or one beside a damaged file, is not touched.
    private static func settle(_ file: DatabaseFile) throws {
        guard file.exists else { return }
        try DatabaseLock(file.path).unlock()
        guard ReplacedFiles.hasLogs(file.path) else { return }
        do {
            try file.refuseDamaged()
            try file.refuseForeign()
        } catch StoreError.damagedDatabase, StoreError.foreignLog, StoreError.foreignDatabase {
            return
        }
        do {
            let queue = try DatabaseQueue(path: file.path)
            try queue.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA journal_mode = DELETE") }
            try queue.close()
        } catch let error as DatabaseError where [.SQLITE_BUSY, .SQLITE_LOCKED].contains(error.resultCode) {
            throw StoreError.databaseInUse(path: file.path)
        } catch let error as DatabaseError where [.SQLITE_NOTADB, .SQLITE_CORRUPT].contains(error.resultCode) {
            // Ignored, because a damaged file is a usual reason for a restore.
        }
    }

    private func preparePortal(_ part: String, replacing present: String, now: Date) throws -> RestoredState {
        ReplacedFiles.remove(part)
        // Created with its mode, because the copy of a file has that of the original until it is changed.
        let descriptor = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StoreError.unwritable(path: part, code: errno) }
        close(descriptor)
        let source = try DatabaseQueue(
            path: DatabaseFile(.portal, path: portal.path).immutableName,
            configuration: .readOnly
        )
        let copy = try DatabaseQueue(path: part, configuration: .erasing)
        try source.backup(to: copy)
        try source.close()
        try DatabaseFile.migrate(copy, .portal)
        let state = try copy.write { db in try RestoredState(ending: db, begun: begun, now: now) }
        try copy.close()
        try Self.adopt(part, from: present, mode: 0o600)
        try FileSync.synchronize(part)
        return state
    }

    private func prepareCity(_ workplace: CityWorkplace, replacing present: String) throws {
        try workplace.copy(from: city.path)
        let copy = try CityFile(path: workplace.path).openForReading()
        try copy.read { db in try CitySoundness(db).check(path: present) }
        try copy.close()
        try Self.adopt(workplace.path, from: present, mode: 0o644)
    }

    /// Gives a new file the owner and mode of the one that it replaces, or else the owner of the folder.
    ///
    /// An operator who restores as the superuser would otherwise leave a database that the service cannot open.
    private static func adopt(_ path: String, from present: String, mode: mode_t) throws {
        var (own, model) = (stat(), stat())
        let isThere = stat(present, &model) == 0
        if !isThere { _ = stat(URL(filePath: path).deletingLastPathComponent().path, &model) }
        guard chmod(path, isThere ? model.st_mode & 0o777 : mode) == 0, stat(path, &own) == 0 else {
            throw StoreError.unwritable(path: path, code: errno)
        }
        let isOwned = own.st_uid == model.st_uid && own.st_gid == model.st_gid
        guard isOwned || (!isThere && geteuid() != 0) || chown(path, model.st_uid, model.st_gid) == 0 else {
            throw StoreError.unwritable(path: path, code: errno)
        }
    }
}

extension Configuration {
    fileprivate static var readOnly: Configuration {
        var configuration = Configuration()
        configuration.readonly = true
        return configuration
    }

    /// Deleted data is overwritten with zeros.
    fileprivate static var erasing: Configuration {
        var configuration = Configuration()
        configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA secure_delete = ON") }
        return configuration
    }
}
