public import Accounts
import Civic
import Foundation
public import GRDB

/// The accounts in the portal database; each group of related methods is in its own extension.
public struct SQLiteAccountStore: AccountStore {
    let database: any DatabaseWriter

    /// Wraps a database that `PortalDatabase` opened.
    public init(_ database: any DatabaseWriter) { self.database = database }

    /// Writes in one transaction.
    ///
    /// - Throws: `CivicError.storeBusy` when another process holds the lock, `.storeUnwritable` when the disk is full or
    ///   the files cannot be written, else what the closure or SQLite throws.
    func transact<Value: Sendable>(
        _ updates: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        do {
            return try await database.change(updates)
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
