import Civic
import GRDB

extension DatabaseWriter {
    /// Writes in one transaction, and waits for a while if another process is writing.
    ///
    /// Waiting here, rather than in SQLite, keeps the single writing connection free, so that waiting changes do not
    /// block each other.
    ///
    /// - Parameter patience: how long to wait for the lock.
    /// - Throws: `DatabaseError` with `SQLITE_BUSY` when the lock cannot be obtained, else what the closure or SQLite
    ///   throws.
    func change<Value: Sendable>(
        patience: Duration = .seconds(3),
        _ updates: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        let deadline = ContinuousClock.now + patience
        while true {
            do {
                return try await write(updates)
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                guard ContinuousClock.now < deadline else { throw error }
                try await Task.sleep(for: .milliseconds(50))
            }
        }
    }

    /// Writes in one transaction, with errors that the domains know.
    ///
    /// - Throws: `CivicError.storeBusy` when another process holds the lock, `.storeUnwritable` when the disk is full or the
    ///   files cannot be written, else what the closure or SQLite throws.
    func transact<Value: Sendable>(
        _ updates: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        do {
            return try await change(updates)
        } catch let error as DatabaseError {
            switch error.resultCode {
            case .SQLITE_BUSY, .SQLITE_LOCKED: throw CivicError.storeBusy
            case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_CANTOPEN:
                throw CivicError.storeUnwritable("SQLite code \(error.extendedResultCode.rawValue)")
            default: throw error
            }
        } catch StoreError.movedFiles {
            throw CivicError.storeUnwritable("the database file or its write-ahead log was replaced or deleted")
        }
    }
}
