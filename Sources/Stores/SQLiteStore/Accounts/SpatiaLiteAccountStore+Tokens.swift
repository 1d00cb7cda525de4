public import Accounts
public import Civic
public import Foundation
import GRDB

extension SpatiaLiteAccountStore {
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
                INSERT INTO oneTimeToken (hash, purpose, person, payload, triesLeft, expires)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                token.hash, token.purpose.rawValue, token.person?.rawValue, token.payload, token.triesLeft,
                token.expires.stamp,
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
                try db.execute(sql: "DELETE FROM oneTimeToken WHERE hash = ?", arguments: [hash])
                return 0
            }
            try db.execute(
                sql: "UPDATE oneTimeToken SET triesLeft = triesLeft - 1 WHERE hash = ?",
                arguments: [hash]
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
        try Row.fetchOne(
            db,
            sql:
                """
                SELECT person, payload, triesLeft, expires FROM oneTimeToken
                WHERE hash = ? AND purpose = ? AND expires > ?
                """,
            arguments: [hash, purpose.rawValue, now.stamp]
        )
        .map { row in
            StoredToken(
                hash: hash,
                purpose: purpose,
                person: (row["person"] as Int64?).map(PersonID.init(rawValue:)),
                payload: row["payload"],
                triesLeft: row["triesLeft"],
                expires: Date(stamp: row["expires"])
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
        try db.execute(sql: "DELETE FROM oneTimeToken WHERE hash = ?", arguments: [hash])
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
            try db.execute(sql: "DELETE FROM signInAttempt WHERE expires <= ?", arguments: [now.stamp])
            try db.execute(
                sql: "INSERT INTO signInAttempt (stateHash, payload, expires) VALUES (?, ?, ?)",
                arguments: [stateHash, payload, expires.stamp]
            )
        }
    }

    /// Returns a sign-in at a provider and deletes it.
    public func takeSignInAttempt(_ stateHash: Data, at now: Date) async throws -> Data? {
        try await transact { db in
            let payload = try Data.fetchOne(
                db,
                sql: "SELECT payload FROM signInAttempt WHERE stateHash = ? AND expires > ?",
                arguments: [stateHash, now.stamp]
            )
            try db.execute(sql: "DELETE FROM signInAttempt WHERE stateHash = ?", arguments: [stateHash])
            return payload
        }
    }

    /// Records that a challenge was used.
    public func useChallenge(_ hash: Data, until expires: Date) async throws -> Bool {
        try await transact { db in
            try db.execute(
                sql: "INSERT INTO usedChallenge (hash, expires) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING",
                arguments: [hash, expires.stamp]
            )
            return db.changesCount == 1
        }
    }
}
