public import Accounts
public import Civic
public import Foundation
import GRDB

extension SQLiteAccountStore {
    /// Stores a token.
    public func keep(_ token: StoredToken, with effects: SideEffects) async throws {
        try await transact { db in
            try Self.insert(token, db)
            try effects.write(db)
        }
    }

    static func insert(_ token: StoredToken, _ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO one_time_token (hash, purpose, person, payload, tries_left, expires)
                VALUES (:hash, :purpose, :person, :payload, :tries_left, :expires)
                """,
            arguments: [
                "hash": token.hash, "purpose": token.purpose.rawValue, "person": token.person?.rawValue,
                "payload": token.payload, "tries_left": token.triesLeft, "expires": token.expires.stamp,
            ]
        )
    }

    /// Reads a token that is still valid.
    public func token(
        _ hash: Data,
        for purpose: StoredToken.Purpose,
        at now: Date
    ) async throws -> StoredToken? {
        try await database.read { db in try Self.token(hash, for: purpose, at: now, db) }
    }

    /// Returns a token and deletes it.
    public func take(
        _ hash: Data,
        for purpose: StoredToken.Purpose,
        at now: Date
    ) async throws -> StoredToken? {
        try await transact { db in try Self.take(hash, for: purpose, at: now, db) }
    }

    /// Takes one attempt off a token, which is deleted with the last.
    public func countTry(
        _ hash: Data,
        for purpose: StoredToken.Purpose,
        at now: Date
    ) async throws -> Int? {
        try await transact { db in
            guard let token = try Self.token(hash, for: purpose, at: now, db) else { return nil }
            if token.triesLeft <= 1 {
                try db.execute(sql: "DELETE FROM one_time_token WHERE hash = :hash", arguments: ["hash": hash])
                return 0
            }
            try db.execute(
                sql: "UPDATE one_time_token SET tries_left = tries_left - 1 WHERE hash = :hash",
                arguments: ["hash": hash]
            )
            return token.triesLeft - 1
        }
    }

    /// Sets a password by a token, and deletes it and all other tokens of the person.
    public func resetPassword(
        _ tokenHash: Data,
        to hash: String,
        at now: Date,
        with effects: SideEffects
    ) async throws -> Bool {
        try await transact { db in
            guard let person = try Self.take(tokenHash, for: .passwordReset, at: now, db)?.person else { return false }
            try Self.setPassword(of: person, hash: hash, at: effects.time, keeping: nil, db)
            try effects.write(db)
            return true
        }
    }

    static func token(
        _ hash: Data,
        for purpose: StoredToken.Purpose,
        at now: Date,
        _ db: Database
    ) throws -> StoredToken? {
        try TokenRow.fetchOne(
            db,
            sql:
                """
                SELECT person, payload, tries_left, expires FROM one_time_token
                WHERE hash = :hash AND purpose = :purpose AND expires > :now
                """,
            arguments: ["hash": hash, "purpose": purpose.rawValue, "now": now.stamp]
        )
        .map { row in
            StoredToken(
                hash: hash,
                purpose: purpose,
                person: row.person,
                payload: row.payload,
                triesLeft: row.triesLeft,
                expires: row.expires
            )
        }
    }

    private static func take(
        _ hash: Data,
        for purpose: StoredToken.Purpose,
        at now: Date,
        _ db: Database
    ) throws -> StoredToken? {
        guard let token = try token(hash, for: purpose, at: now, db) else { return nil }
        try db.execute(sql: "DELETE FROM one_time_token WHERE hash = :hash", arguments: ["hash": hash])
        return token
    }

    /// Stores a sign-in at a provider and deletes expired ones, which live for minutes while the sweep runs hourly.
    public func keepSignInAttempt(
        _ stateHash: Data,
        payload: Data,
        at now: Date,
        until expires: Date
    ) async throws {
        try await transact { db in
            try db.execute(sql: "DELETE FROM sign_in_attempt WHERE expires <= :now", arguments: ["now": now.stamp])
            try db.execute(
                sql:
                    "INSERT INTO sign_in_attempt (state_hash, payload, expires) VALUES (:state_hash, :payload, :expires)",
                arguments: ["state_hash": stateHash, "payload": payload, "expires": expires.stamp]
            )
        }
    }

    /// Returns a sign-in at a provider and deletes it.
    public func takeSignInAttempt(_ stateHash: Data, at now: Date) async throws -> Data? {
        try await transact { db in
            let payload = try Data.fetchOne(
                db,
                sql: "SELECT payload FROM sign_in_attempt WHERE state_hash = :state_hash AND expires > :now",
                arguments: ["state_hash": stateHash, "now": now.stamp]
            )
            try db.execute(
                sql: "DELETE FROM sign_in_attempt WHERE state_hash = :state_hash",
                arguments: ["state_hash": stateHash]
            )
            return payload
        }
    }

    /// Records that a challenge was used.
    public func useChallenge(_ hash: Data, until expires: Date) async throws -> Bool {
        try await transact { db in
            try db.execute(
                sql:
                    "INSERT INTO used_challenge (hash, expires) VALUES (:hash, :expires) ON CONFLICT (hash) DO NOTHING",
                arguments: ["hash": hash, "expires": expires.stamp]
            )
            return db.changesCount == 1
        }
    }
}

/// A one-use token as stored in the table.
private struct TokenRow: TableRow {
    static let table = "one_time_token"

    let person: PersonID?
    let payload: Data?
    let triesLeft: Int
    let expires: Date
}
