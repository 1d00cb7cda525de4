public import Accounts
public import Civic
public import Foundation
import GRDB

extension SQLiteAccountStore {
    /// Stores a change of the address, replacing an earlier one.
    public func begin(_ change: EmailChange, with effects: SideEffects) async throws {
        try await transact { db in
            try Self.dropEmailChange(of: change.person, db)
            try db.execute(
                sql: """
                    INSERT INTO email_change (person, email, email_key, old_token_hash, new_token_hash, expires)
                    VALUES (:person, :email, :email_key, :old_token_hash, :new_token_hash, :expires)
                    """,
                arguments: [
                    "person": change.person.rawValue, "email": change.email.text, "email_key": change.email.key,
                    "old_token_hash": change.oldTokenHash, "new_token_hash": change.newTokenHash,
                    "expires": change.expires.stamp,
                ]
            )
            try effects.write(db)
        }
    }

    /// Reads a person's pending change.
    public func emailChange(of id: PersonID, at now: Date) async throws -> PendingEmailChange? {
        try await database.read { db in try Self.emailChange(of: id, at: now, db) }
    }

    static func emailChange(of id: PersonID, at now: Date, _ db: Database) throws -> PendingEmailChange? {
        try EmailChangeRow.fetchOne(
            db,
            sql: "SELECT * FROM email_change WHERE person = :person AND expires > :now",
            arguments: ["person": id.rawValue, "now": now.stamp]
        )
        .map { try $0.change }
    }

    /// Reads the change to which a token from either of the two mails belongs.
    public func emailChange(
        tokenHash: Data,
        at now: Date
    ) async throws -> (person: PersonID, change: PendingEmailChange)? {
        try await database.read { db in
            try Self.row(tokenHash, at: now, db).map { ($0.person, try $0.change) }
        }
    }

    private static func row(_ hash: Data, at now: Date, _ db: Database) throws -> EmailChangeRow? {
        try EmailChangeRow.fetchOne(
            db,
            sql: """
                SELECT * FROM email_change WHERE expires > :now AND (old_token_hash = :hash OR new_token_hash = :hash)
                """,
            arguments: ["now": now.stamp, "hash": hash]
        )
    }

    /// Records a confirmation; the second one changes the address.
    public func confirmEmailChange(
        tokenHash: Data,
        at now: Date,
        with effects: SideEffects
    ) async throws -> EmailConfirmation {
        try await transact { db in
            guard let row = try Self.row(tokenHash, at: now, db) else { return .expired }
            let id = row.person
            let column = row.oldTokenHash == tokenHash ? "is_old_confirmed" : "is_new_confirmed"
            try db.execute(
                sql: "UPDATE email_change SET \(column) = 1 WHERE person = :person",
                arguments: ["person": id.rawValue]
            )
            return try Self.finish(id, at: now, effects, db)
        }
    }

    static func finish(
        _ id: PersonID,
        at now: Date,
        _ effects: SideEffects,
        _ db: Database
    ) throws -> EmailConfirmation {
        guard let change = try emailChange(of: id, at: now, db) else { return .expired }
        if try isTaken("email_key", change.email.key, by: id, db) {
            try dropEmailChange(of: id, db)
            return .expired
        }
        guard change.isComplete(at: now) else { return .waitsForOther }
        try setEmail(change.email, of: id, at: now, db)
        try effects.write(db)
        return .changed
    }

    private static func setEmail(_ email: EmailAddress, of id: PersonID, at now: Date, _ db: Database) throws {
        try db.execute(
            sql:
                "INSERT INTO former_address (person, email, changed) SELECT id, email, :now FROM person WHERE id = :id",
            arguments: ["now": now.stamp, "id": id.rawValue]
        )
        try db.execute(
            sql: "UPDATE person SET email = :email, email_key = :email_key WHERE id = :id",
            arguments: ["email": email.text, "email_key": email.key, "id": id.rawValue]
        )
        try dropEmailChange(of: id, db)
        // Links that were sent to the previous address must not give access any more.
        try db.execute(sql: "DELETE FROM one_time_token WHERE person = :person", arguments: ["person": id.rawValue])
        try db.execute(
            sql: "DELETE FROM registration WHERE email_key = :email_key",
            arguments: ["email_key": email.key]
        )
    }

    /// Deletes a change and its cancellation links, which would otherwise cancel a later change.
    static func dropEmailChange(of id: PersonID, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM email_change WHERE person = :person", arguments: ["person": id.rawValue])
        try db.execute(
            sql: "DELETE FROM one_time_token WHERE person = :person AND purpose = :purpose",
            arguments: ["person": id.rawValue, "purpose": StoredToken.Purpose.emailCancel.rawValue]
        )
    }

    /// Drops a person's pending change.
    public func cancelEmailChange(of id: PersonID) async throws {
        try await transact { db in try Self.dropEmailChange(of: id, db) }
    }
}
