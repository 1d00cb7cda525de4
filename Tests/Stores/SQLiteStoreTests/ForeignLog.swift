import Foundation
import GRDB
import TestSupport

/// A write-ahead log of another database, as when an old file was put beside a newer log.
enum ForeignLog {
    /// Puts such a log beside a database that nobody has open.
    ///
    /// - Parameter isWhole: whether the log has every page of the other database, so that both together look like that one;
    ///   otherwise they fit nowhere.
    /// - Returns: the content of the database.
    static func put(beside path: String, in folder: TemporaryFolder, isWhole: Bool) throws -> Data {
        try removeLog(of: path)
        let before = try Data(contentsOf: URL(filePath: path))
        let other = folder.url.appending(path: "other-\(UUID().uuidString).sqlite").path
        let pool = try DatabasePool(path: other)
        try pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA wal_autocheckpoint = 0")
            try db.execute(sql: "CREATE TABLE filler (bytes BLOB)")
            for _ in 0..<300 { try db.execute(sql: "INSERT INTO filler VALUES (zeroblob(3000))") }
            if !isWhole {
                _ = try db.checkpoint(.truncate)
                try db.execute(sql: "UPDATE filler SET bytes = randomblob(3000)")
            }
        }
        try FileManager.default.copyItem(atPath: other + "-wal", toPath: path + "-wal")
        try pool.close()
        return before
    }

    /// Brings its own log into a database that nobody has open; a pool may leave it when it is closed.
    static func removeLog(of path: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA journal_mode = DELETE") }
        try queue.close()
    }
}
