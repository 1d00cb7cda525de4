import CSpatiaLite
import Foundation
public import GRDB
import Geo

/// Opens databases with SpatiaLite on every connection and brings them to the current schema.
public enum SpatialDatabase {
    /// Opens a file, creating it when it is new, in WAL mode with foreign keys on.
    ///
    /// Only its owner may read a new file, since it holds personal data; the files beside it get the same mode from
    /// SQLite. The mode of a file that is there stays.
    ///
    /// - Throws: `StoreError` when the environment is unsafe or the file is too new, else what SQLite throws.
    public static func open(path: String) throws -> DatabasePool {
        try refuseRelaxedSecurity()
        // Where it cannot be made, SQLite says why.
        let descriptor = Foundation.open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        if descriptor >= 0 { close(descriptor) }
        let pool = try DatabasePool(path: path, configuration: configuration)
        try migrate(pool)
        return pool
    }

    /// Opens a database in memory, for tests and dry runs.
    public static func inMemory() throws -> DatabaseQueue {
        try refuseRelaxedSecurity()
        let queue = try DatabaseQueue(configuration: configuration)
        try migrate(queue)
        return queue
    }

    /// Refuses to go on when SpatiaLite would offer SQL functions that read and write files.
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
        // SpatiaLite's per-connection cache is dear to make and its clean-up is delicate: keep connections.
        configuration.persistentReadOnlyConnections = true
        configuration.prepareDatabase { db in
            let code = cspatialite_attach(db.sqliteConnection)
            guard code == 0 else { throw StoreError.spatialLibrary(code: code) }
            try db.execute(sql: "PRAGMA cache_size = -16000")
            // What is deleted is written over with zeros; Debian's SQLite does so by itself, others need not.
            try db.execute(sql: "PRAGMA secure_delete = ON")
        }
        return configuration
    }

    private static func migrate(_ writer: some DatabaseWriter) throws {
        let migrator = DatabaseMigrator.openAlmaty
        guard try writer.read(migrator.hasBeenSuperseded) == false else { throw StoreError.newerSchema }
        try migrator.migrate(writer)
    }
}
