public import Accounts
public import Civic
import Foundation
import GRDB

extension SQLiteAccountStore {
    /// Finds a person by an identity.
    public func person(issuer: String, subject: String) async throws -> Person? {
        try await database.read { db in
            let condition = "id = (SELECT person FROM identity WHERE issuer = :issuer AND subject = :subject)"
            return try PersonRow.fetch(db, where: condition, ["issuer": issuer, "subject": subject])?.person
        }
    }

    /// Reads the identities of a person.
    public func identities(of id: PersonID) async throws -> [LinkedIdentity] {
        try await database.read { db in
            try Self.identities(of: id, db).map(\.summary)
        }
    }

    /// Links an identity.
    public func link(
        _ identity: ExternalIdentity,
        to id: PersonID,
        with effects: SideEffects
    ) async throws -> LinkOutcome {
        try await transact { db in
            if let owner = try Self.owner(of: identity, db) { return owner == id ? .already : .taken }
            try Self.insert(identity, of: id, at: effects.time, db)
            try effects.write(db)
            return .linked
        }
    }

    static func owner(of identity: ExternalIdentity, _ db: Database) throws -> PersonID? {
        try Int64.fetchOne(
            db,
            sql: "SELECT person FROM identity WHERE issuer = :issuer AND subject = :subject",
            arguments: ["issuer": identity.issuer, "subject": identity.subject]
        )
        .map(PersonID.init(rawValue:))
    }

    static func insert(_ identity: ExternalIdentity, of id: PersonID, at now: Date, _ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO identity (person, provider, issuer, subject, email, is_email_verified, name, linked)
                VALUES (:person, :provider, :issuer, :subject, :email, :is_email_verified, :name, :linked)
                """,
            arguments: [
                "person": id.rawValue, "provider": identity.provider, "issuer": identity.issuer,
                "subject": identity.subject, "email": identity.email, "is_email_verified": identity.isEmailVerified,
                "name": identity.name, "linked": now.stamp,
            ]
        )
    }

    static func storedIdentities(of id: PersonID, _ db: Database) throws -> [StoredIdentity] {
        try identities(of: id, db).map(\.identity)
    }

    private static func identities(of id: PersonID, _ db: Database) throws -> [IdentityRow] {
        try IdentityRow.fetchAll(
            db,
            sql: "SELECT * FROM identity WHERE person = :person ORDER BY id",
            arguments: ["person": id.rawValue]
        )
    }

    /// Unlinks an identity, unless it is the person's last way to sign in.
    public func unlink(
        _ identity: Int64,
        of id: PersonID,
        with effects: SideEffects
    ) async throws -> UnlinkOutcome {
        try await transact { db in
            let others = try Int.fetchOne(
                db,
                sql: """
                    SELECT CASE WHEN password_hash IS NULL THEN 0 ELSE 1 END
                        + (SELECT count(*) FROM identity WHERE identity.person = person.id AND identity.id <> :identity)
                    FROM person WHERE id = :id AND EXISTS (SELECT 1 FROM identity WHERE id = :identity AND person = :person)
                    """,
                arguments: ["identity": identity, "id": id.rawValue, "person": id.rawValue]
            )
            guard let others else { return .unknown }
            guard others > 0 else { return .lastWayIn }
            try db.execute(sql: "DELETE FROM identity WHERE id = :id", arguments: ["id": identity])
            try effects.write(db)
            return .unlinked
        }
    }
}
