import Foundation
import GRDB

/// A database file of ours, looked at before it is opened.
///
/// Whatever is wrong with it is found by reading alone, because opening a file for writing may change it: another program's
/// database would be switched to a write-ahead log, and a log that belongs to another file would be copied into it.
struct DatabaseFile {
    /// What a file holds; each kind has its own mark in the header, SQLite's `application_id`.
    enum Kind: Int32 {
        /// The portal database.
        case portal = 0x4F41_5054
        /// A city file.
        case city = 0x4F41_4354

        var migrator: DatabaseMigrator { self == .portal ? .portal : .city }
    }

    let kind: Kind
    /// The file itself: SQLite keeps the log and its index beside it, not beside a symbolic link to it.
    let path: String

    init(_ kind: Kind, path: String) {
        self.kind = kind
        let isLink = (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
        self.path = isLink ? URL(filePath: path).resolvingSymlinksInPath().path : path
    }

    var exists: Bool { FileManager.default.fileExists(atPath: path) }

    /// Whether a write-ahead log beside the file has changes yet to be copied: a server is running or was killed.
    var hasLog: Bool {
        let size = (try? FileManager.default.attributesOfItem(atPath: path + "-wal"))?[.size] as? NSNumber
        return (size?.intValue ?? 0) > 0
    }

    private var isEmpty: Bool {
        let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? NSNumber
        return (size?.intValue ?? 0) == 0
    }

    /// Throws unless the file exists, is of its kind, and has the current schema.
    func refuseUnusable() throws {
        guard exists else { throw kind == .portal ? StoreError.missingDatabase(path: path) : .missingCity(path: path) }
        let migrator = kind.migrator
        let (found, isNewer, isCurrent) = try reading { db in
            (
                try Self.content(db), try migrator.hasBeenSuperseded(db), try migrator.hasCompletedMigrations(db)
            )
        }
        try refuse(found, isEmptyAllowed: false)
        guard !isNewer else { throw StoreError.newerSchema(path: path) }
        guard isCurrent else { throw kind == .portal ? StoreError.olderSchema(path: path) : .olderCity(path: path) }
    }

    /// Throws unless the file exists, is of its kind, and has a schema that this version has or can migrate.
    func refuseUnmigratable() throws {
        do { try refuseUnusable() } catch StoreError.olderSchema, StoreError.olderCity { return }
    }

    /// Throws if the file is not of the expected kind, or if its kind cannot be determined; a damaged file may be replaced.
    func refuseToReplace() throws {
        guard !isEmpty else { return }
        // A log of another database beside it would hide what the file itself holds.
        if case .ours(kind) = try? unmapped(name: immutableName, Self.content) { return }
        do {
            try refuse(try unmapped(name: readingName, Self.content), isEmptyAllowed: true)
        } catch let error as DatabaseError where [.SQLITE_NOTADB, .SQLITE_CORRUPT].contains(error.resultCode) {
            return
        } catch let error as DatabaseError where [.SQLITE_BUSY, .SQLITE_LOCKED].contains(error.resultCode) {
            throw StoreError.databaseInUse(path: path)
        } catch let error as DatabaseError {
            throw StoreError.foreignDatabase(path: path, reason: "it cannot be read (\(error.resultCode))")
        }
    }

    /// Throws if the file holds anything else than its kind; a file that is missing or empty is a new database.
    func refuseForeign() throws {
        guard !isEmpty else { return }
        try refuse(try reading(Self.content), isEmptyAllowed: true)
    }

    /// Throws if the pages of the file do not fit together, alone or with the log beside it.
    ///
    /// - Parameter table: the only table to look at; nil looks at the whole file.
    func refuseDamaged(table: String? = nil) throws {
        guard !isEmpty else { return }
        do {
            try quickCheck(name: readingName, table)
        } catch StoreError.damagedDatabase(_, let reason), StoreError.damagedCity(_, let reason) {
            if kind == .portal, hasLog, (try? quickCheck(name: immutableName, table)) != nil {
                throw StoreError.foreignLog(path: path)
            }
            throw damaged(reason)
        }
    }

    private func damaged(_ reason: String) -> StoreError {
        kind == .portal ? .damagedDatabase(path: path, reason: reason) : .damagedCity(path: path, reason: reason)
    }

    /// Brings an open database to the current schema and marks it as ours.
    static func migrate(_ writer: some DatabaseWriter, _ kind: Kind) throws {
        let migrator = kind.migrator
        guard try writer.read(migrator.hasBeenSuperseded) == false else {
            throw StoreError.newerSchema(path: writer.path)
        }
        try writer.write { db in
            let isMarked = try Int32.fetchOne(db, sql: "PRAGMA application_id") == kind.rawValue
            if !isMarked { try db.execute(sql: "PRAGMA application_id = \(kind.rawValue)") }
        }
        try migrator.migrate(writer)
    }

    /// The name under which SQLite opens the file for reading.
    ///
    /// Without a log nobody has the file open, and SQLite would create a log and an index, which a read-only connection
    /// cannot remove again.
    var readingName: String {
        kind == .portal && FileManager.default.fileExists(atPath: path + "-wal") ? path : immutableName
    }

    /// The name under which SQLite opens the file on its own, ignoring the log beside it.
    var immutableName: String { URL(filePath: path).absoluteString + "?immutable=1" }

    private enum Content {
        case nothing
        case ours(Kind)
        case foreign
    }

    private static func content(_ db: Database) throws -> Content {
        guard try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM sqlite_master)") == true else { return .nothing }
        let mark = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        guard let kind = Kind(rawValue: mark), try db.tableExists("grdb_migrations") else { return .foreign }
        return .ours(kind)
    }

    private func refuse(_ content: Content, isEmptyAllowed: Bool) throws {
        switch content {
        case .ours(kind): return
        case .nothing where isEmptyAllowed: return
        case .nothing: throw StoreError.foreignDatabase(path: path, reason: "it holds no tables of ours")
        case .ours(.portal):
            throw StoreError.foreignDatabase(path: path, reason: "it is a portal database, which --database names")
        case .ours(.city):
            throw StoreError.foreignDatabase(path: path, reason: "it is a city file, which --city names")
        case .foreign:
            throw StoreError.foreignDatabase(path: path, reason: "it holds tables of another program")
        }
    }

    private func quickCheck(name: String, _ table: String?) throws {
        let answer = try reading(name: name) { db in
            try String.fetchOne(db, sql: "PRAGMA quick_check(\(table ?? "1"))")
        }
        guard answer == "ok" else { throw damaged(answer ?? "no answer") }
    }

    private func reading<Value>(_ read: (Database) throws -> Value) throws -> Value {
        try reading(name: readingName, read)
    }

    private func reading<Value>(name: String, _ read: (Database) throws -> Value) throws -> Value {
        do {
            return try unmapped(name: name, read)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_NOTADB {
            throw StoreError.foreignDatabase(path: path, reason: "it is no SQLite file, or a damaged one")
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
            throw damaged(error.message ?? "a page is damaged")
        } catch let error as DatabaseError
            where [.SQLITE_CANTOPEN, .SQLITE_IOERR, .SQLITE_PERM].contains(error.resultCode)
        {
            throw StoreError.foreignDatabase(
                path: path,
                reason: "it cannot be opened; check that it is a file and the rights"
            )
        }
    }

    private func unmapped<Value>(name: String, _ read: (Database) throws -> Value) throws -> Value {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        return try DatabaseQueue(path: name, configuration: configuration).read(read)
    }
}
