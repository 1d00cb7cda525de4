import Foundation
import Gazetteer

/// What can go wrong with the database, apart from what SQLite itself reports.
public enum StoreError: Error, Sendable, CustomStringConvertible {
    /// SpatiaLite could not be attached to a connection.
    case spatialLibrary(code: Int32)
    /// A spatial statement answered 0, which is how SpatiaLite reports failure.
    case spatialStatement(String)
    /// The environment enables SpatiaLite's file functions, with which SQL could read and write any file.
    case relaxedSecurity
    /// A geometry in the database is not of the kind that its column requires.
    case malformedGeometry(table: String, id: String)
    /// A record in the database cannot be read.
    case malformedRecord(table: String, id: String, reason: String)
    /// The database was written by a newer version of the program.
    case newerSchema(path: String)

    /// There is no portal database where one is required.
    case missingDatabase(path: String)
    /// There is no city file where one is required.
    case missingCity(path: String)
    /// A statement that returns a row returned none.
    case noAnswer
    /// The database was opened for reading only.
    case readOnly
    /// Another process builds a new city file at the moment.
    case cityIsBeingBuilt(path: String)
    /// A new city file failed its check and was thrown away.
    case unsoundCity(path: String, reason: String)
    /// A file could not be written or put in its place.
    case unwritable(path: String, code: Int32)
    /// There is something already where a backup is to be made.
    case existingBackup(path: String)
    /// Another backup is being made under the same name, or was killed where its folder could not be locked.
    case backupIsBeingMade(path: String, part: String)
    /// Two names that must differ mean the same file.
    case sameFile(path: String, other: String)
    /// A backup is incomplete, was changed, or is of another format.
    case unusableBackup(path: String, reason: String)
    /// A server or a command has the database open.
    case databaseInUse(path: String)
    /// The file is not one of our databases.
    case foreignDatabase(path: String, reason: String)
    /// The pages of the database are inconsistent.
    case damagedDatabase(path: String, reason: String)
    /// The pages of the city file are inconsistent.
    case damagedCity(path: String, reason: String)
    /// The write-ahead log beside the database belongs to another one.
    case foreignLog(path: String)
    /// The database file or its write-ahead log was replaced, deleted or written over while it was open.
    case movedFiles(path: String)
    /// The portal database was written by an older version, and the command does not migrate it.
    case olderSchema(path: String)
    /// The city file was written by an older version.
    case olderCity(path: String)
    /// A new city file has far fewer records than the present one.
    case shrunkCity(path: String, losses: [LayerLoss])
    /// A step of an erasure that this store cannot run; the text names its type.
    case foreignErasure(String)

    /// The reason and what to do.
    public var description: String {
        switch self {
        case .spatialLibrary(let code): "SpatiaLite could not be attached to SQLite (code \(code))"
        case .spatialStatement(let statement): "SpatiaLite refused: \(statement)"
        case .relaxedSecurity:
            "SPATIALITE_SECURITY=relaxed lets SQL read and write files; unset it and start again"
        case .malformedGeometry(let table, let id): "the geometry of \(table) \(id) is damaged; run openalmaty check"
        case .malformedRecord(let table, let id, let reason): "\(table) \(id) cannot be read: \(reason)"
        case .missingDatabase(let path):
            "there is no database \(path); check the path. openalmaty serve makes a new one"
        case .missingCity(let path):
            "there is no city file \(path); check the path. openalmaty city build makes a new one"
        case .noAnswer: "the database did not return the number of a new row"
        case .readOnly: "the portal database was opened for reading only"
        case .cityIsBeingBuilt(let path):
            "another import is building a new \(path) at the moment; try again when it is done"
        case .unsoundCity(let path, let reason):
            "the new city file failed its check, and \(path) was left as it is: \(reason)"
        case .unwritable(let path, let code):
            "\(path) cannot be written: \(String(cString: strerror(code)))"
        case .existingBackup(let path): "\(path) exists already; name a folder that does not"
        case .backupIsBeingMade(let path, let part):
            "another backup is making \(path) at the moment; try again when it is done. If none runs, delete \(part)"
        case .sameFile(let path, let other):
            "\(path) and \(other) are the same file; --database and --city must name two different files outside the backup"
        case .unusableBackup(let path, let reason): "\(path) cannot be restored: \(reason)"
        case .databaseInUse(let path): "\(path) is open in a server or a command; stop that first"
        case .foreignDatabase(let path, let reason): "\(path) is not a database of openalmaty: \(reason)"
        case .movedFiles(let path):
            "\(path) or its -wal file was replaced, deleted or written over while the program runs, and nothing is written any "
                + "more; stop the server, put the files back or restore a backup, and start it"
        case .damagedDatabase(let path, let reason):
            "the database \(path) is damaged (\(reason.prefix(200))). Restore a backup: stop the server, run "
                + "openalmaty restore FOLDER, which keeps the damaged file under another name, and start again"
        case .damagedCity(let path, let reason):
            "the city file \(path) is damaged (\(reason.prefix(200))). openalmaty city build makes a new one"
        case .foreignLog(let path):
            "the file \(path)-wal beside the database is of another database, and together they are damaged; the database "
                + "alone is sound. If you restored \(path) from a backup, move \(path)-wal and \(path)-shm away and start "
                + "again; else put the database back to which they belong"
        case .olderSchema(let path):
            "the database \(path) was written by an older version; openalmaty serve brings it up to date"
        case .olderCity(let path):
            "the city file \(path) was written by an older version. openalmaty city build makes a new one"
        case .shrunkCity(let path, let losses):
            "the new city file has far fewer records than \(path), which was left as it is: "
                + losses.map { "\($0.layer.rawValue) \($0.after) instead of \($0.before)" }.joined(separator: ", ")
                + ". If that is right, repeat the command with --force"
        case .foreignErasure(let type): "\(type) is no step that can erase data in this database"
        case .newerSchema(let path): "\(path) was written by a newer version of openalmaty; use that version"
        }
    }

    /// Whether the city file itself is at fault, so that reading it again would end in the same way.
    var isOfCityFile: Bool {
        switch self {
        case .damagedCity, .malformedGeometry, .malformedRecord, .newerSchema, .olderCity: true
        default: false
        }
    }
}
