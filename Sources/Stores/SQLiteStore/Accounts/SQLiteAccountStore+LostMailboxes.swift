public import Accounts
public import Civic
public import Foundation
import GRDB

/// Address changes whose present mailbox is lost: they wait for a period in which the present address can cancel them.
extension SQLiteAccountStore {
    /// Starts the period after which a change proceeds without the present address; false when there is no such change.
    public func waiveOldAddress(
        of id: PersonID,
        from time: Date,
        until expires: Date,
        cancel: StoredToken,
        with effects: SideEffects
    ) async throws -> Bool {
        try await advance(
            """
            UPDATE email_change SET without_old_from = :without_old_from, expires = :expires
            WHERE person = :person AND expires > :time AND without_old_from IS NULL AND is_old_confirmed = 0
            """,
            [
                "without_old_from": time.stamp, "expires": expires.stamp, "person": id.rawValue,
                "time": effects.time.stamp,
            ],
            cancel,
            of: id,
            effects
        )
    }

    /// Updates one change and stores a token that cancels it; false, with nothing written, when the update matched
    /// none.
    ///
    /// Earlier cancellation tokens stay valid for at least as long.
    private func advance(
        _ update: String,
        _ arguments: StatementArguments,
        _ cancel: StoredToken,
        of id: PersonID,
        _ effects: SideEffects
    ) async throws -> Bool {
        try await transact { db in
            try db.execute(sql: update, arguments: arguments)
            guard db.changesCount == 1 else { return false }
            try db.execute(
                sql: """
                    UPDATE one_time_token SET expires = :expires
                    WHERE person = :person AND purpose = :purpose AND expires < :expires
                    """,
                arguments: [
                    "expires": cancel.expires.stamp, "person": id.rawValue, "purpose": cancel.purpose.rawValue,
                ]
            )
            try Self.insert(cancel, db)
            try effects.write(db)
            return true
        }
    }

    /// Reads the people whose present address is due to be reminded.
    public func changesToRemind(by time: Date) async throws -> [PersonID] {
        try await database.read { db in
            try Self.people("without_old_from <= :now AND reminded IS NULL", time, db)
        }
    }

    /// Records that the present address was reminded; false when it already was or the change no longer exists.
    public func noteReminder(
        of id: PersonID,
        from time: Date,
        until expires: Date,
        cancel: StoredToken,
        with effects: SideEffects
    ) async throws -> Bool {
        try await advance(
            """
            UPDATE email_change SET reminded = :now, without_old_from = :time,
                expires = CASE WHEN expires < :expires THEN :expires ELSE expires END
            WHERE person = :person AND without_old_from <= :time AND reminded IS NULL
            """,
            [
                "now": effects.time.stamp, "time": time.stamp, "expires": expires.stamp, "person": id.rawValue,
            ],
            cancel,
            of: id,
            effects
        )
    }

    /// Reads the people whose change was confirmed by the new address, had its reminder, and has waited long enough.
    public func completeEmailChanges(at now: Date) async throws -> [PersonID] {
        try await database.read { db in
            try Self.people("without_old_from <= :now AND reminded IS NOT NULL AND is_new_confirmed = 1", now, db)
        }
    }

    /// Changes an address if no confirmation is missing.
    public func finishEmailChange(
        of id: PersonID,
        at now: Date,
        with effects: SideEffects
    ) async throws -> EmailConfirmation {
        try await transact { db in try Self.finish(id, at: now, effects, db) }
    }

    /// Cancels a change by the token mailed to the present address.
    public func cancelEmailChange(
        tokenHash: Data,
        at now: Date,
        with effects: SideEffects
    ) async throws -> PersonID? {
        try await transact { db in
            guard let id = try Self.token(tokenHash, for: .emailCancel, at: now, db)?.person else { return nil }
            try Self.dropEmailChange(of: id, db)
            try effects.write(db)
            return id
        }
    }

    private static func people(_ condition: String, _ time: Date, _ db: Database) throws -> [PersonID] {
        try Int64.fetchAll(
            db,
            sql: "SELECT person FROM email_change WHERE \(condition) ORDER BY person",
            arguments: ["now": time.stamp]
        )
        .map(PersonID.init(rawValue:))
    }
}
