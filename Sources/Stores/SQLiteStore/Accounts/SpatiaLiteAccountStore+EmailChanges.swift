public import Accounts
public import Civic
public import Foundation
import GRDB

extension SpatiaLiteAccountStore {
    /// Stores a change of the address, replacing an earlier one.
    public func begin(_ change: EmailChange, with effects: SideEffects) async throws {
        try await transact { db in
            try Self.dropEmailChange(of: change.person, db)
            try db.execute(
                sql: """
                    INSERT INTO emailChange (person, email, emailKey, oldTokenHash, newTokenHash, expires)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    change.person.rawValue, change.email.text, change.email.key, change.oldTokenHash,
                    change.newTokenHash, change.expires.stamp,
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
        try Row.fetchOne(
            db,
            sql: "SELECT * FROM emailChange WHERE person = ? AND expires > ?",
            arguments: [id.rawValue, now.stamp]
        )
        .map(PendingEmailChange.init(row:))
    }

    /// Reads the change to which a token from either of the two mails belongs.
    public func emailChange(
        tokenHash: Data,
        at now: Date
    ) async throws -> (person: PersonID, change: PendingEmailChange)? {
        try await database.read { db in
            try Self.row(tokenHash, at: now, db).map(Self.owned)
        }
    }

    /// Reads a change with the person it belongs to.
    static func owned(_ row: Row) throws -> (person: PersonID, change: PendingEmailChange) {
        (PersonID(rawValue: row["person"]), try PendingEmailChange(row: row))
    }

    private static func row(_ hash: Data, at now: Date, _ db: Database) throws -> Row? {
        try Row.fetchOne(
            db,
            sql: """
                SELECT * FROM emailChange WHERE expires > :now AND (oldTokenHash = :hash OR newTokenHash = :hash)
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
            let id = PersonID(rawValue: row["person"])
            let column = row["oldTokenHash"] == tokenHash ? "isOldConfirmed" : "isNewConfirmed"
            try db.execute(sql: "UPDATE emailChange SET \(column) = 1 WHERE person = ?", arguments: [id.rawValue])
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
        if try isTaken("emailKey", change.email.key, by: id, db) {
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
            sql: "INSERT INTO formerAddress (person, email, changed) SELECT id, email, ? FROM person WHERE id = ?",
            arguments: [now.stamp, id.rawValue]
        )
        try db.execute(
            sql: "UPDATE person SET email = ?, emailKey = ? WHERE id = ?",
            arguments: [email.text, email.key, id.rawValue]
        )
        try dropEmailChange(of: id, db)
        // Links that were sent to the previous address must not give access any more.
        try db.execute(sql: "DELETE FROM oneTimeToken WHERE person = ?", arguments: [id.rawValue])
        try db.execute(sql: "DELETE FROM registration WHERE emailKey = ?", arguments: [email.key])
    }

    /// Deletes a change and its cancellation links, which would otherwise cancel a later change.
    static func dropEmailChange(of id: PersonID, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM emailChange WHERE person = ?", arguments: [id.rawValue])
        try db.execute(
            sql: "DELETE FROM oneTimeToken WHERE person = ? AND purpose = ?",
            arguments: [id.rawValue, StoredToken.Purpose.emailCancel.rawValue]
        )
    }

    /// Drops a person's pending change.
    public func cancelEmailChange(of id: PersonID) async throws {
        try await transact { db in try Self.dropEmailChange(of: id, db) }
    }
}

extension PendingEmailChange {
    init(row: Row) throws {
        self.init(
            email: try PersonRow.value("email", row["person"], table: "emailChange") {
                EmailAddress(stored: row["email"])
            },
            isOldConfirmed: row["isOldConfirmed"],
            isNewConfirmed: row["isNewConfirmed"],
            withoutOldFrom: (row["withoutOldFrom"] as Int64?).map(Date.init(stamp:)),
            reminded: (row["reminded"] as Int64?).map(Date.init(stamp:)),
            expires: Date(stamp: row["expires"])
        )
    }
}
