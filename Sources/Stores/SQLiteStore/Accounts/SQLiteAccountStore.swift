public import Accounts
public import GRDB

/// The accounts in the portal database; each group of related methods is in its own extension.
public struct SQLiteAccountStore: AccountStore {
    let database: any DatabaseWriter

    /// Wraps a database that `PortalDatabase` opened.
    public init(_ database: any DatabaseWriter) { self.database = database }

    /// Writes in one transaction.
    ///
    /// - Throws: as `DatabaseWriter.transact(_:)`.
    func transact<Value: Sendable>(
        _ updates: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        try await database.transact(updates)
    }
}
