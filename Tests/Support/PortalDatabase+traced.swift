import Foundation
public import GRDB
public import SQLiteStore
import Synchronization

extension PortalDatabase {
    /// Opens a portal database in memory, whose statements are added to the file that `TEST_STATEMENTS` names.
    ///
    /// One of the Python tests sets this variable and prepares the statements on PostgreSQL.
    public static func traced() throws -> DatabaseQueue {
        let queue = try inMemory()
        if let path = ProcessInfo.processInfo.environment["TEST_STATEMENTS"] {
            queue.inDatabase { db in
                db.trace { event in
                    if case .statement(let statement) = event { StatementFile.add(statement.sql, to: path) }
                }
            }
        }
        return queue
    }
}

/// A file of SQL statements, each once, as a JSON string on a line of its own.
private enum StatementFile {
    private static let seen = Mutex<Set<String>>([])

    static func add(_ sql: String, to path: String) {
        seen.withLock { seen in
            guard seen.insert(sql).inserted, let line = try? JSONEncoder().encode([sql]) else { return }
            let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { return }
            let bytes = [UInt8](line) + [UInt8(ascii: "\n")]
            _ = write(descriptor, bytes, bytes.count)
            close(descriptor)
        }
    }
}
