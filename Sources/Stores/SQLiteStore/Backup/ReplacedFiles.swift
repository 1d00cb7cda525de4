import Foundation

/// Keeps the files that a restore replaces under other names, `….before-restore-NUMBER`.
struct ReplacedFiles {
    /// What SQLite keeps beside a database: the rollback journal, the write-ahead log and its index.
    private static let logs = ["-journal", "-wal", "-shm"]

    private let ending: String

    /// Chooses a number that none of the files has been kept with.
    init(_ paths: [String], at now: Date) {
        var number = Int(now.timeIntervalSince1970)
        while paths.contains(where: { Self.isTaken($0 + Self.ending(number)) }) { number += 1 }
        ending = Self.ending(number)
    }

    /// The second name of a file or folder.
    func name(of path: String) -> String { path + ending }

    /// Gives a file a second name, and leaves it the first one until another file takes that; so there is always one.
    ///
    /// - Returns: the second name; nil when there is no file.
    /// - Throws: `StoreError.unwritable`.
    func keep(_ path: String) throws(StoreError) -> String? {
        guard Self.isTaken(path) else { return nil }
        guard link(path, path + ending) == 0 else { throw .unwritable(path: path + ending, code: errno) }
        return path + ending
    }

    /// Moves the logs of a database to its second name, where SQLite finds them when the kept database is opened.
    ///
    /// - Throws: `StoreError.unwritable`.
    func moveLogs(of path: String) throws(StoreError) {
        for log in Self.logs where Self.isTaken(path + log) {
            guard rename(path + log, path + ending + log) == 0 else {
                throw .unwritable(path: path + ending + log, code: errno)
            }
        }
    }

    /// Whether a log, or the journal of an unfinished change, is beside a database.
    static func hasLogs(_ path: String) -> Bool { logs.contains { isTaken(path + $0) } }

    /// Removes a file that was not put in place, and what SQLite left beside it.
    static func remove(_ path: String) {
        for end in [""] + logs { unlink(path + end) }
    }

    private static func ending(_ number: Int) -> String { ".before-restore-\(number)" }

    private static func isTaken(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }
}
