import Foundation
public import GRDB

/// Opens the portal database, which holds what cannot be recreated: people, sessions, mails, the audit record and the
/// corrections of the city.
public enum PortalDatabase {
    /// Opens a file in WAL mode with foreign keys on and brings it to the current schema, creating it if it does not exist.
    ///
    /// Only its owner may read a new file, since it holds personal data; SQLite gives the files beside it the same
    /// mode. The mode of an existing file is kept.
    ///
    /// - Throws: `StoreError` when the file is too new, damaged or not ours, else what SQLite throws.
    public static func open(path: String) throws -> DatabasePool {
        let file = DatabaseFile(.portal, path: path)
        try file.refuseForeign()
        try file.refuseDamaged()
        // If the file cannot be created, SQLite reports why.
        let descriptor = Foundation.open(file.path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        if descriptor >= 0 { close(descriptor) }
        let pool = try DatabasePool(path: file.path, configuration: configuration)
        try DatabaseFile.migrate(pool, .portal)
        try makeDurable(pool)
        return pool
    }

    /// Opens an existing file that has the current schema; creates and changes nothing.
    ///
    /// - Throws: `StoreError` when the file is missing, not ours, older or newer than this version, else what SQLite throws.
    public static func openExisting(path: String) throws -> DatabasePool {
        let file = DatabaseFile(.portal, path: path)
        try file.refuseUnusable()
        let pool = try DatabasePool(path: file.path, configuration: configuration)
        try makeDurable(pool)
        return pool
    }

    /// Opens an existing, sound file of the current schema or an older one; creates and changes nothing.
    ///
    /// - Throws: `StoreError` when the file is missing, not ours, damaged, beside a log of another database, or newer than this
    ///   version, else what SQLite throws.
    static func openForBackup(path: String) throws -> DatabasePool {
        let file = DatabaseFile(.portal, path: path)
        // Before it is opened for writing, because closing it would copy a log beside it into the file.
        try file.refuseDamaged()
        try file.refuseUnmigratable()
        return try DatabasePool(path: file.path, configuration: configuration)
    }

    /// Opens an existing file that has the current schema for reading only.
    ///
    /// Neither it nor the files beside it are changed, and none is created beside a file that has no write-ahead log.
    ///
    /// - Throws: as `openExisting(path:)`; `StoreError.damagedDatabase` or `.foreignLog` when its pages do not fit
    ///   together.
    public static func openForReading(path: String) throws -> DatabaseQueue {
        try openForReading(path: path, checking: nil)
    }

    /// Opens an existing file as `openForReading(path:)` does, for reading the corrections of the city alone.
    ///
    /// Of a large database with many people only the table of the corrections is checked for damage.
    ///
    /// - Throws: as `openForReading(path:)`.
    public static func openCorrections(path: String) throws -> DatabaseQueue {
        try openForReading(path: path, checking: CorrectionTables.name)
    }

    private static func openForReading(path: String, checking table: String?) throws -> DatabaseQueue {
        let file = DatabaseFile(.portal, path: path)
        try file.refuseUnusable()
        try file.refuseDamaged(table: table)
        var configuration = configuration
        configuration.readonly = true
        return try DatabaseQueue(path: file.readingName, configuration: configuration)
    }

    /// Whether a write-ahead log beside the file has changes yet to be copied: a server is running or was killed.
    public static func hasLog(path: String) -> Bool { DatabaseFile(.portal, path: path).hasLog }

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

    /// Opens a database in memory, for tests.
    public static func inMemory() throws -> DatabaseQueue {
        let queue = try DatabaseQueue(configuration: configuration)
        try DatabaseFile.migrate(queue, .portal)
        return queue
    }

    // GRDB sets NORMAL for WAL, with which a loss of power can undo what was answered as stored.
    private static func makeDurable(_ pool: DatabasePool) throws {
        try pool.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA synchronous = FULL") }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.maximumReaderCount = 4
        configuration.persistentReadOnlyConnections = true
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA cache_size = -16000")
            // Deleted data is overwritten with zeros; Debian's SQLite does so by default, others may not.
            try db.execute(sql: "PRAGMA secure_delete = ON")
        }
        return configuration
    }
}
