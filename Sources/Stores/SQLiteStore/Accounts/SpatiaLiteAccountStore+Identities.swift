public import Accounts
public import Civic
import Foundation
import GRDB

extension SpatiaLiteAccountStore {
    /// Finds a person by an identity.
    public func person(issuer: String, subject: String) async throws -> Person? {
        try await database.read { db in
            let condition = "id = (SELECT person FROM identity WHERE issuer = ? AND subject = ?)"
            return try PersonRow.fetch(db, where: condition, [issuer, subject]).map(PersonRow.person)
        }
    }

    /// Reads the identities of a person.
    public func identities(of id: PersonID) async throws -> [LinkedIdentity] {
        try await database.read { db in
            try Row.fetchAll(
                db,
                sql: "SELECT id, provider, email, linked FROM identity WHERE person = ? ORDER BY id",
                arguments: [id.rawValue]
            )
            .map {
                LinkedIdentity(
                    id: $0["id"],
                    provider: $0["provider"],
                    email: $0["email"],
                    linked: Date(stamp: $0["linked"])
                )
            }
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
            sql: "SELECT person FROM identity WHERE issuer = ? AND subject = ?",
            arguments: [identity.issuer, identity.subject]
        )
        .map(PersonID.init(rawValue:))
    }

    static func insert(_ identity: ExternalIdentity, of id: PersonID, at now: Date, _ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO identity (person, provider, issuer, subject, email, isEmailVerified, name, linked)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                id.rawValue, identity.provider, identity.issuer, identity.subject, identity.email,
                identity.isEmailVerified, identity.name, now.stamp,
            ]
        )
    }

    static func storedIdentities(of id: PersonID, _ db: Database) throws -> [StoredIdentity] {
        try Row.fetchAll(db, sql: "SELECT * FROM identity WHERE person = ? ORDER BY id", arguments: [id.rawValue]).map {
            StoredIdentity(
                identity: ExternalIdentity(
                    provider: $0["provider"],
                    issuer: $0["issuer"],
                    subject: $0["subject"],
                    email: $0["email"],
                    isEmailVerified: $0["isEmailVerified"],
                    name: $0["name"]
                ),
                linked: Date(stamp: $0["linked"])
            )
        }
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
                    SELECT (passwordHash IS NOT NULL)
                        + (SELECT count(*) FROM identity WHERE identity.person = person.id AND identity.id <> ?)
                    FROM person WHERE id = ? AND EXISTS (SELECT 1 FROM identity WHERE id = ? AND person = ?)
                    """,
                arguments: [identity, id.rawValue, identity, id.rawValue]
            )
            guard let others else { return .unknown }
            guard others > 0 else { return .lastWayIn }
            try db.execute(sql: "DELETE FROM identity WHERE id = ?", arguments: [identity])
            try effects.write(db)
            return .unlinked
        }
    }
}
