public import Accounts
public import Civic
import Foundation
import GRDB

extension SQLiteAccountStore {
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
            return !(try isTaken("username_key", username.key, by: id, db))
        case .role(let role):
            return try role == .admin || !isLastAdministrator(id, db)
        case .name, .language, .phone, .iin, .notifications, .agreement:
            return true
        }
    }

    static func isLastAdministrator(_ id: PersonID, _ db: Database) throws -> Bool {
        let role = try String.fetchOne(
            db,
            sql: "SELECT role FROM person WHERE id = :id",
            arguments: ["id": id.rawValue]
        )
        return try role == Role.admin.rawValue && administratorCount(db) <= 1
    }

    private static func apply(_ change: PersonChange, to id: PersonID, _ db: Database) throws {
        switch change {
        case .name(let name):
            try set("name = :name, name_key = :name_key", ["name": name.text, "name_key": name.key], id, db)
        case .username(let username):
            try set(
                "username = :username, username_key = :username_key",
                ["username": username.text, "username_key": username.key],
                id,
                db
            )
        case .language(let language):
            try set("language = :language", ["language": language.rawValue], id, db)
        case .phone(let value):
            try set(
                "phone = :phone, phone_hash = :phone_hash",
                ["phone": value?.sealed, "phone_hash": value?.hash],
                id,
                db
            )
        case .iin(let value):
            try set(
                "iin = :iin, iin_hash = :iin_hash, is_iin_verified = 0",
                ["iin": value?.sealed, "iin_hash": value?.hash],
                id,
                db
            )
        case .role(let role):
            try set("role = :role", ["role": role.rawValue], id, db)
        case .notifications(let choices, let news):
            try set(
                "notifies_appeals = :notifies_appeals, notifies_news = :notifies_news",
                ["notifies_appeals": choices.appeals, "notifies_news": choices.news],
                id,
                db
            )
            if let news { try renew(news, of: id, db) }
        case .agreement(let consent):
            try renew(consent, of: id, db)
        }
    }

    private static func set(
        _ columns: String,
        _ values: StatementArguments,
        _ id: PersonID,
        _ db: Database
    ) throws {
        try db.execute(
            sql: "UPDATE person SET \(columns) WHERE id = :id",
            arguments: values + ["id": id.rawValue]
        )
    }

    /// Adds a consent unless it is already in force, or withdraws the one in force.
    private static func renew(_ consent: Consent, of id: PersonID, _ db: Database) throws {
        if let withdrawn = consent.withdrawn {
            try db.execute(
                sql:
                    "UPDATE consent SET withdrawn = :withdrawn WHERE person = :person AND subject = :subject AND withdrawn IS NULL",
                arguments: ["withdrawn": withdrawn.stamp, "person": id.rawValue, "subject": consent.subject.rawValue]
            )
            return
        }
        let holds = try Bool.fetchOne(
            db,
            sql: """
                SELECT EXISTS (
                    SELECT 1 FROM consent WHERE person = :person AND subject = :subject AND version = :version AND withdrawn IS NULL
                )
                """,
            arguments: [
                "person": id.rawValue, "subject": consent.subject.rawValue, "version": consent.version.rawValue,
            ]
        )
        if holds != true { try insert(consent, of: id, db) }
    }

    static func insert(_ consent: Consent, of id: PersonID, _ db: Database) throws {
        try db.execute(
            sql:
                "INSERT INTO consent (person, subject, version, given, withdrawn) VALUES (:person, :subject, :version, :given, :withdrawn)",
            arguments: [
                "person": id.rawValue, "subject": consent.subject.rawValue, "version": consent.version.rawValue,
                "given": consent.given.stamp, "withdrawn": consent.withdrawn?.stamp,
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
        try set(
            "password_hash = :password_hash, password_set = :password_set",
            ["password_hash": hash, "password_set": now.stamp],
            id,
            db
        )
        try endSessions(of: id, except: kept, db)
        // Somebody who had the old password may know the unconfirmed secret.
        try db.execute(
            sql: "DELETE FROM second_factor WHERE person = :person AND confirmed IS NULL",
            arguments: ["person": id.rawValue]
        )
        try db.execute(sql: "DELETE FROM one_time_token WHERE person = :person", arguments: ["person": id.rawValue])
        try dropEmailChange(of: id, db)
    }

    /// Replaces a hash by one with newer parameters, if it is still the hash that the password was checked against.
    public func upgradePasswordHash(of id: PersonID, from old: String, to new: String) async throws {
        try await transact { db in
            try db.execute(
                sql: "UPDATE person SET password_hash = :password_hash WHERE id = :id AND password_hash = :old",
                arguments: ["password_hash": new, "id": id.rawValue, "old": old]
            )
        }
    }
}
