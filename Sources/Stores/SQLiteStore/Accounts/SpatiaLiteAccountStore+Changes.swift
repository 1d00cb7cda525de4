public import Accounts
public import Civic
import Foundation
import GRDB

extension SpatiaLiteAccountStore {
    /// Changes a person, unless a value that must be unique belongs to somebody else.
    public func change(
        _ id: PersonID,
        _ change: PersonChange,
        with effects: SideEffects
    ) async throws -> Bool {
        try await transact { db in
            guard try Self.isPossible(change, of: id, db) else { return false }
            try Self.apply(change, to: id, db)
            try effects.write(db)
            return true
        }
    }

    private static func isPossible(_ change: PersonChange, of id: PersonID, _ db: Database) throws -> Bool {
        switch change {
        case .username(let username):
            return !(try isTaken("usernameKey", username.key, by: id, db))
        case .role(let role):
            return try role == .admin || !isLastAdministrator(id, db)
        case .name, .language, .phone, .iin, .notifications, .agreement:
            return true
        }
    }

    static func isLastAdministrator(_ id: PersonID, _ db: Database) throws -> Bool {
        let role = try String.fetchOne(db, sql: "SELECT role FROM person WHERE id = ?", arguments: [id.rawValue])
        return try role == Role.admin.rawValue && administratorCount(db) <= 1
    }

    private static func apply(_ change: PersonChange, to id: PersonID, _ db: Database) throws {
        switch change {
        case .name(let name):
            try set("name = ?, nameKey = ?", [name.text, name.key], id, db)
        case .username(let username):
            try set("username = ?, usernameKey = ?", [username.text, username.key], id, db)
        case .language(let language):
            try set("language = ?", [language.rawValue], id, db)
        case .phone(let value):
            try set("phone = ?, phoneHash = ?", [value?.sealed, value?.hash], id, db)
        case .iin(let value):
            try set("iin = ?, iinHash = ?, isIINVerified = 0", [value?.sealed, value?.hash], id, db)
        case .role(let role):
            try set("role = ?", [role.rawValue], id, db)
        case .notifications(let choices, let news):
            try set("notifiesAppeals = ?, notifiesNews = ?", [choices.appeals, choices.news], id, db)
            if let news { try renew(news, of: id, db) }
        case .agreement(let consent):
            try renew(consent, of: id, db)
        }
    }

    private static func set(
        _ columns: String,
        _ values: [(any DatabaseValueConvertible)?],
        _ id: PersonID,
        _ db: Database
    ) throws {
        try db.execute(
            sql: "UPDATE person SET \(columns) WHERE id = ?",
            arguments: StatementArguments(values + [id.rawValue])
        )
    }

    /// Adds a consent unless it is already in force, or withdraws the one in force.
    private static func renew(_ consent: Consent, of id: PersonID, _ db: Database) throws {
        if let withdrawn = consent.withdrawn {
            try db.execute(
                sql: "UPDATE consent SET withdrawn = ? WHERE person = ? AND subject = ? AND withdrawn IS NULL",
                arguments: [withdrawn.stamp, id.rawValue, consent.subject.rawValue]
            )
            return
        }
        let holds = try Bool.fetchOne(
            db,
            sql: """
                SELECT EXISTS (
                    SELECT 1 FROM consent WHERE person = ? AND subject = ? AND version = ? AND withdrawn IS NULL
                )
                """,
            arguments: [id.rawValue, consent.subject.rawValue, consent.version.rawValue]
        )
        if holds != true { try insert(consent, of: id, db) }
    }

    static func insert(_ consent: Consent, of id: PersonID, _ db: Database) throws {
        try db.execute(
            sql: "INSERT INTO consent (person, subject, version, given, withdrawn) VALUES (?, ?, ?, ?, ?)",
            arguments: [
                id.rawValue, consent.subject.rawValue, consent.version.rawValue, consent.given.stamp,
                consent.withdrawn?.stamp,
            ]
        )
    }

    /// Sets a password and ends all else that could give access: other sessions, tokens, an unconfirmed second factor
    /// and a pending address change.
    public func setPassword(
        of id: PersonID,
        hash: String,
        keeping kept: RenewedSession?,
        with effects: SideEffects
    ) async throws {
        try await transact { db in
            try Self.setPassword(of: id, hash: hash, at: effects.time, keeping: kept?.id, db)
            if let kept { try Self.renew(kept, db) }
            try effects.write(db)
        }
    }

    static func setPassword(
        of id: PersonID,
        hash: String,
        at now: Date,
        keeping kept: SessionID?,
        _ db: Database
    ) throws {
        try set("passwordHash = ?, passwordSet = ?", [hash, now.stamp], id, db)
        try endSessions(of: id, except: kept, db)
        // Somebody who had the old password may know the unconfirmed secret.
        try db.execute(sql: "DELETE FROM secondFactor WHERE person = ? AND confirmed IS NULL", arguments: [id.rawValue])
        try db.execute(sql: "DELETE FROM oneTimeToken WHERE person = ?", arguments: [id.rawValue])
        try dropEmailChange(of: id, db)
    }

    /// Replaces a hash by one with newer parameters, if it is still the hash that the password was checked against.
    public func upgradePasswordHash(of id: PersonID, from old: String, to new: String) async throws {
        try await transact { db in
            try db.execute(
                sql: "UPDATE person SET passwordHash = ? WHERE id = ? AND passwordHash = ?",
                arguments: [new, id.rawValue, old]
            )
        }
    }
}
