import CSpatiaLite
import Foundation
public import GRDB
import Geo

/// Opens databases with SpatiaLite on every connection and brings them to the current schema.
public enum SpatialDatabase {
    /// Opens a file in WAL mode with foreign keys on, creating it if it does not exist.
    ///
    /// Only its owner may read a new file, since it holds personal data; SQLite gives the files beside it the same
    /// mode. The mode of an existing file is kept.
    ///
    /// - Throws: `StoreError` when the environment is unsafe, or the file is too new, damaged or not ours, else what
    ///   SQLite throws.
    public static func open(path: String) throws -> DatabasePool {
        let path = resolved(path)
        try refuseRelaxedSecurity()
        try refuseForeign(path)
        try refuseDamaged(path)
        // If the file cannot be created, SQLite reports why.
        let descriptor = Foundation.open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        if descriptor >= 0 { close(descriptor) }
        let pool = try DatabasePool(path: path, configuration: configuration)
        try migrate(pool)
        return pool
    }

    /// Opens an existing file that has the current schema; creates and changes nothing.
    ///
    /// - Throws: `StoreError` when the environment is unsafe, or the file is missing, not ours, older or newer than
    ///   this version, else what SQLite throws.
    public static func openExisting(path: String) throws -> DatabasePool {
        let path = resolved(path)
        try refuseUnusable(path)
        return try DatabasePool(path: path, configuration: configuration)
    }

    /// Opens an existing file that has the current schema for reading only.
    ///
    /// Neither it nor the files beside it are changed, and none is created beside a file that has no write-ahead log.
    ///
    /// - Throws: as `openExisting(path:)`; `StoreError.damagedDatabase` or `.foreignLog` when its pages do not fit
    ///   together.
    public static func openForReading(path: String) throws -> DatabaseQueue {
        let path = resolved(path)
        try refuseUnusable(path)
        try refuseDamaged(path)
        var configuration = configuration
        configuration.readonly = true
        return try DatabaseQueue(path: readingName(path), configuration: configuration)
    }

    /// Whether a write-ahead log beside the file has changes yet to be copied: a server is running or was killed.
    public static func hasLog(path: String) -> Bool {
        let size = (try? FileManager.default.attributesOfItem(atPath: resolved(path) + "-wal"))?[.size] as? NSNumber
        return (size?.intValue ?? 0) > 0
    }

    // SQLite keeps the log and its index beside the file itself, not beside a symbolic link to it.
    private static func resolved(_ path: String) -> String {
        guard (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil else { return path }
        return URL(filePath: path).resolvingSymlinksInPath().path
    }

    private static func refuseUnusable(_ path: String) throws {
        try refuseRelaxedSecurity()
        guard FileManager.default.fileExists(atPath: path) else { throw StoreError.missingDatabase(path: path) }
        let migrator = DatabaseMigrator.openAlmaty
        // Read-only first, because opening for writing would switch another program's database to WAL mode.
        let (isOurs, isNewer, isCurrent) = try reading(path) { db in
            (
                try isMigrated(db), try migrator.hasBeenSuperseded(db), try migrator.hasCompletedMigrations(db)
            )
        }
        guard isOurs else {
            throw StoreError.foreignDatabase(path: path, reason: "it holds no tables of ours")
        }
        guard !isNewer else { throw StoreError.newerSchema }
        guard isCurrent else { throw StoreError.olderSchema(path: path) }
    }

    /// Prepares an open file for a server: writers do not wait inside SQLite, and nothing is committed into files that
    /// were replaced or deleted.
    ///
    /// - Returns: the probe that tells whether changes can be saved.
    /// - Throws: what SQLite throws.
    public static func prepareForServing(_ pool: DatabasePool) throws -> DatabaseProbe {
        try pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA busy_timeout = 0")
            // After a crash the log's index does not say what was copied until the next checkpoint. It may fail because
            // another process holds the lock.
            _ = try? db.checkpoint(.passive)
        }
        let files = DatabaseFiles(path: pool.path)
        pool.add(transactionObserver: files, extent: .databaseLifetime)
        return DatabaseProbe(pool, files: files)
    }

    /// Opens a database in memory, for tests and dry runs.
    public static func inMemory() throws -> DatabaseQueue {
        try refuseRelaxedSecurity()
        let queue = try DatabaseQueue(configuration: configuration)
        try migrate(queue)
        return queue
    }

    /// Throws if SpatiaLite would offer SQL functions that read and write files.
    public static func refuseRelaxedSecurity() throws(StoreError) {
        try refuseRelaxedSecurity(environment: ProcessInfo.processInfo.environment)
    }

    static func refuseRelaxedSecurity(environment: [String: String]) throws(StoreError) {
        if environment["SPATIALITE_SECURITY"]?.lowercased() == "relaxed" { throw .relaxedSecurity }
    }

    /// The version of the SpatiaLite library.
    public static var libraryVersion: String { String(cString: cspatialite_version()) }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.maximumReaderCount = 4
        // SpatiaLite's per-connection cache is expensive to create and its clean-up is delicate, so connections are
        // kept.
        configuration.persistentReadOnlyConnections = true
        configuration.prepareDatabase { db in
            let code = cspatialite_attach(db.sqliteConnection)
            guard code == 0 else { throw StoreError.spatialLibrary(code: code) }
            try db.execute(sql: "PRAGMA cache_size = -16000")
            // Deleted data is overwritten with zeros; Debian's SQLite does so by default, others may not.
            try db.execute(sql: "PRAGMA secure_delete = ON")
        }
        return configuration
    }

    // Our tables must not be created beside those of another program; an empty file is a new database.
    private static func refuseForeign(_ path: String) throws {
        let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? NSNumber
        guard let size, size.intValue > 0 else { return }
        let isForeign = try reading(path) { db in
            let hasTables = try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM sqlite_master)") == true
            return try hasTables && !isMigrated(db)
        }
        if isForeign { throw StoreError.foreignDatabase(path: path, reason: "it holds tables of another program") }
    }

    private static func reading<Value>(_ path: String, _ read: (Database) throws -> Value) throws -> Value {
        try reading(path, name: readingName(path), read)
    }

    private static func reading<Value>(
        _ path: String,
        name: String,
        _ read: (Database) throws -> Value
    ) throws -> Value {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        do {
            return try DatabaseQueue(path: name, configuration: configuration).read(read)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_NOTADB {
            throw StoreError.foreignDatabase(path: path, reason: "it is no SQLite file, or a damaged one")
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
            throw StoreError.damagedDatabase(path: path, reason: error.message ?? "a page is damaged")
        } catch let error as DatabaseError
            where [.SQLITE_CANTOPEN, .SQLITE_IOERR, .SQLITE_PERM].contains(error.resultCode)
        {
            throw StoreError.foreignDatabase(
                path: path,
                reason: "it cannot be opened; check that it is a file and the rights"
            )
        }
    }

    // The name under which SQLite opens a file for reading. Without a log nobody has the file open, and SQLite would
    // create a log and an index, which a read-only connection cannot remove again.
    private static func readingName(_ path: String) -> String {
        FileManager.default.fileExists(atPath: path + "-wal") ? path : immutableName(path)
    }

    /// The name under which SQLite opens a file on its own, ignoring the log beside it.
    private static func immutableName(_ path: String) -> String {
        URL(filePath: path).absoluteString + "?immutable=1"
    }

    // Checked before the file is opened for writing, because a log that belongs to another file would be copied into
    // it.
    private static func refuseDamaged(_ path: String) throws {
        let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? NSNumber
        guard let size, size.intValue > 0 else { return }
        do {
            try quickCheck(path, name: readingName(path))
        } catch StoreError.damagedDatabase(_, let reason) {
            if hasLog(path: path), (try? quickCheck(path, name: immutableName(path))) != nil {
                throw StoreError.foreignLog(path: path)
            }
            throw StoreError.damagedDatabase(path: path, reason: reason)
        }
    }

    private static func quickCheck(_ path: String, name: String) throws {
        let answer = try reading(path, name: name) { db in try String.fetchOne(db, sql: "PRAGMA quick_check(1)") }
        guard answer == "ok" else { throw StoreError.damagedDatabase(path: path, reason: answer ?? "no answer") }
    }

    private static func isMigrated(_ db: Database) throws -> Bool { try db.tableExists("grdb_migrations") }

    private static func migrate(_ writer: some DatabaseWriter) throws {
        let migrator = DatabaseMigrator.openAlmaty
        guard try writer.read(migrator.hasBeenSuperseded) == false else { throw StoreError.newerSchema }
        try migrator.migrate(writer)
    }
}

extension DatabaseMigrator {
    /// Every migration, in order; a shipped one is never edited.
    static var openAlmaty: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("0001 gazetteer", migrate: Migration0001.gazetteer)
        migrator.registerMigration("0002 streets", migrate: Migration0002.streets)
        migrator.registerMigration("0003 accounts", migrate: Migration0003.accounts)
        migrator.registerMigration("0004 lost mailboxes", migrate: Migration0004.lostMailboxes)
        return migrator
    }
}
