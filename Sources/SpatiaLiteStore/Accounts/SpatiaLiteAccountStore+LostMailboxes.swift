public import Accounts
public import Foundation
import GRDB

/// Changes of an address whose present mailbox is lost: they wait, and the present address can stop them meanwhile.
extension SpatiaLiteAccountStore {
    /// Lets a change go on without the present address from a time on.
    public func waiveOldAddress(
        of id: PersonID,
        from time: Date,
        until expires: Date,
        cancel: StoredToken,
        with consequences: Consequences
    ) async throws -> Bool {
        try await transact { db in
            try db.execute(
                sql: """
                    UPDATE emailChange SET withoutOldFrom = ?, expires = ?
                    WHERE person = ? AND expires > ? AND withoutOldFrom IS NULL AND isOldConfirmed = 0
                    """,
                arguments: [time.stamp, expires.stamp, id.rawValue, consequences.time.stamp]
            )
            guard db.changesCount == 1 else { return false }
            try Self.insert(cancel, db)
            try consequences.write(db)
            return true
        }
    }

    /// Reads the changes of which the present address is to be told again.
    public func changesToRemind(by time: Date) async throws -> [(person: PersonID, change: PendingEmailChange)] {
        try await database.read { db in
            try Self.changes("withoutOldFrom <= ? AND isReminded = 0", time, db)
        }
    }

    /// Notes that the present address was told again.
    public func noteReminder(
        of id: PersonID,
        cancel: StoredToken,
        with consequences: Consequences
    ) async throws -> Bool {
        try await transact { db in
            try db.execute(
                sql: """
                    UPDATE emailChange SET isReminded = 1
                    WHERE person = ? AND withoutOldFrom IS NOT NULL AND isReminded = 0
                    """,
                arguments: [id.rawValue]
            )
            guard db.changesCount == 1 else { return false }
            try Self.insert(cancel, db)
            try consequences.write(db)
            return true
        }
    }

    /// Reads the changes that nothing is missing for.
    public func completeEmailChanges(at now: Date) async throws -> [(person: PersonID, change: PendingEmailChange)] {
        try await database.read { db in
            try Self.changes("withoutOldFrom <= ? AND isNewConfirmed = 1", now, db)
        }
    }

    /// Changes an address where nothing is missing.
    public func finishEmailChange(
        of id: PersonID,
        at now: Date,
        with consequences: Consequences
    ) async throws -> EmailConfirmation {
        try await transact { db in try Self.finish(id, at: now, consequences, db) }
    }

    /// Drops a change by the token that the present address got.
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
        try Row.fetchAll(db, sql: "SELECT * FROM emailChange WHERE \(condition)", arguments: [time.stamp]).map {
            (PersonID(rawValue: $0["person"]), try PendingEmailChange(row: $0))
        }
    }
}
