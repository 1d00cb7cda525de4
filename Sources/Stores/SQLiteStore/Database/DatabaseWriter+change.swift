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
}
