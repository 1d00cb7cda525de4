public import Accounts
public import Foundation
import GRDB

/// Changes of an address whose present mailbox is lost: they wait for a while, in which the present address can cancel them.
extension SpatiaLiteAccountStore {
    /// Starts the wait after which a change goes on without the present address; false when no change can.
    public func waiveOldAddress(
        of id: PersonID,
        from time: Date,
        until expires: Date,
        cancel: StoredToken,
        with consequences: Consequences
    ) async throws -> Bool {
        try await advance(
            """
            UPDATE emailChange SET withoutOldFrom = ?, expires = ?
            WHERE person = ? AND expires > ? AND withoutOldFrom IS NULL AND isOldConfirmed = 0
            """,
            [time.stamp, expires.stamp, id.rawValue, consequences.time.stamp],
            cancel,
            consequences
        )
    }

    /// Updates one change and keeps a token that cancels it; false, with nothing written, when the update matched none.
    private func advance(
        _ update: String,
        _ arguments: StatementArguments,
        _ cancel: StoredToken,
        _ consequences: Consequences
    ) async throws -> Bool {
        try await transact { db in
            try db.execute(sql: update, arguments: arguments)
            guard db.changesCount == 1 else { return false }
            try Self.insert(cancel, db)
            try consequences.write(db)
            return true
        }
    }

    /// Reads the changes of which the present address is to be reminded by now.
    public func changesToRemind(by time: Date) async throws -> [(person: PersonID, change: PendingEmailChange)] {
        try await database.read { db in
            try Self.changes("withoutOldFrom <= ? AND isReminded = 0", time, db)
        }
    }

    /// Marks that the present address was reminded; false when it was before or the change is gone.
    public func noteReminder(
        of id: PersonID,
        cancel: StoredToken,
        with consequences: Consequences
    ) async throws -> Bool {
        try await advance(
            "UPDATE emailChange SET isReminded = 1 WHERE person = ? AND withoutOldFrom IS NOT NULL AND isReminded = 0",
            [id.rawValue],
            cancel,
            consequences
        )
    }

    /// Reads the changes whose wait is over and whose new address is confirmed.
    public func completeEmailChanges(at now: Date) async throws -> [(person: PersonID, change: PendingEmailChange)] {
        try await database.read { db in
            try Self.changes("withoutOldFrom <= ? AND isNewConfirmed = 1", now, db)
        }
    }

    /// Changes an address, when no confirmation is missing any more.
    public func finishEmailChange(
        of id: PersonID,
        at now: Date,
        with consequences: Consequences
    ) async throws -> EmailConfirmation {
        try await transact { db in try Self.finish(id, at: now, consequences, db) }
    }

    /// Cancels a change by the token that was mailed to the present address.
    public func cancelEmailChange(tokenHash: Data, at now: Date) async throws -> PersonID? {
        try await transact { db in
            guard let id = try Self.token(tokenHash, for: .emailCancel, at: now, db)?.person else { return nil }
            try Self.dropEmailChange(of: id, db)
            try Self.dropCancellations(of: id, db)
            return id
        }
    }

    static func dropCancellations(of id: PersonID, _ db: Database) throws {
        try db.execute(
            sql: "DELETE FROM oneTimeToken WHERE person = ? AND purpose = ?",
            arguments: [id.rawValue, StoredToken.Purpose.emailCancel.rawValue]
        )
    }

    private static func changes(
        _ condition: String,
        _ time: Date,
        _ db: Database
    ) throws -> [(person: PersonID, change: PendingEmailChange)] {
        try Row.fetchAll(db, sql: "SELECT * FROM emailChange WHERE \(condition)", arguments: [time.stamp]).map(owned)
    }
}
