public import Accounts
public import Foundation
import GRDB

extension SQLiteAccountStore {
    /// Deletes what has expired, and the last traces of data deleted or erased since the previous sweep.
    public func sweep(at now: Date, lifetimes: StoredLifetimes) async throws {
        try await transact { db in
            try Self.bringBack(to: now, lifetimes, db)
            for table in [
                "session", "registration", "email_change", "one_time_token", "sign_in_attempt", "used_challenge",
                "saved_draft",
                // Only unconfirmed ones have an expiry time; confirmed ones never expire.
                "second_factor",
            ] {
                try db.execute(sql: "DELETE FROM \(table) WHERE expires <= :now", arguments: ["now": now.stamp])
            }
            // Cancellation links end with their change.
            try db.execute(
                sql:
                    "DELETE FROM one_time_token WHERE purpose = :purpose AND person NOT IN (SELECT person FROM email_change)",
                arguments: ["purpose": StoredToken.Purpose.emailCancel.rawValue]
            )
            try db.execute(sql: "DELETE FROM quota WHERE ends <= :now", arguments: ["now": now.stamp])
            try db.execute(
                sql: "DELETE FROM failure WHERE last <= :counter_memory",
                arguments: ["counter_memory": now.stamp - Self.counterMemory]
            )
            try db.execute(
                sql: "DELETE FROM former_address WHERE changed <= :address_memory",
                arguments: ["address_memory": now.stamp - Self.addressMemory]
            )
        }
        // Deleted pages remain in the write-ahead log until it restarts; if somebody is reading, the next sweep
        // restarts it.
        try? await database.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
    }

    /// How long failure counters are kept, milliseconds: longer than any rule looks back.
    private static let counterMemory: Int64 = 7 * 86_400_000
    /// How long mails to a former address may wait, milliseconds.
    private static let addressMemory: Int64 = 30 * 86_400_000
}
