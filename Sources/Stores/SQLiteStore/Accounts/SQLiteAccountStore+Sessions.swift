public import Accounts
public import Civic
public import Foundation
import GRDB

extension SQLiteAccountStore {
    /// Reads a session and its person in one look-up of the token's hash.
    public func session(tokenHash: Data, at now: Date) async throws -> (session: SignInSession, person: Person)? {
        try await database.read { db in
            let row = try Row.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT \(SessionRow.columns), \(PersonRow.columns)
                        FROM session JOIN person ON person.id = session.person
                        WHERE token_hash = :token_hash AND expires > :now
                        """
                ),
                arguments: ["token_hash": tokenHash, "now": now.stamp]
            )
            return try row.map { (try SessionRow(row: $0).session, try PersonRow(row: $0).person) }
        }
    }

    /// Begins a session.
    public func begin(
        _ session: NewSession,
        of id: PersonID,
        with effects: SideEffects
    ) async throws -> SessionID? {
        try await transact { db in
            guard try PersonRow.fetch(db, where: "id = :id", ["id": id.rawValue]) != nil else { return nil }
            let session = try Self.insert(session, of: id, db)
            try effects.write(db)
            return session
        }
    }

    static func insert(_ session: NewSession, of id: PersonID, _ db: Database) throws -> SessionID {
        // Whoever it belonged to, because the browser now has another session.
        if let earlier = session.earlier {
            try db.execute(
                sql: "DELETE FROM session WHERE token_hash = :token_hash",
                arguments: ["token_hash": earlier]
            )
        }
        let number = try Int64.fetchOne(
            db,
            sql: """
                INSERT INTO session (token_hash, person, device, started, last_used, expires, proved, proved_factor)
                VALUES (:token_hash, :person, :device, :started, :last_used, :expires, :proved, :proved_factor) RETURNING id
                """,
            arguments: [
                "token_hash": session.tokenHash, "person": id.rawValue, "device": session.device.text,
                "started": session.started.stamp, "last_used": session.started.stamp, "expires": session.expires.stamp,
                "proved": session.started.stamp, "proved_factor": session.provedFactor,
            ]
        )
        guard let number else { throw StoreError.noAnswer }
        return SessionID(rawValue: number)
    }

    /// Records that a session was used.
    public func touch(_ id: SessionID, at now: Date, until expires: Date) async throws {
        try await transact { db in
            try db.execute(
                sql: "UPDATE session SET last_used = :last_used, expires = :expires WHERE id = :id",
                arguments: ["last_used": now.stamp, "expires": expires.stamp, "id": id.rawValue]
            )
        }
    }

    /// Corrects the times of a session that are ahead of the clock.
    public func bringBack(_ id: SessionID, to now: Date, until expires: Date) async throws {
        try await transact { db in
            try Self.bringBack("id = :id", ["id": id.rawValue], to: now, until: expires, db)
        }
    }

    static func bringBack(
        _ condition: String,
        _ arguments: StatementArguments,
        to now: Date,
        until expires: Date,
        _ db: Database
    ) throws {
        try db.execute(
            sql: """
                UPDATE session SET
                    started = CASE WHEN started > :now THEN :now ELSE started END,
                    last_used = CASE WHEN last_used > :now THEN :now ELSE last_used END,
                    proved = CASE WHEN proved > :now THEN :now ELSE proved END,
                    expires = CASE WHEN expires > :expires THEN :expires ELSE expires END
                WHERE \(condition)
                """,
            arguments: arguments + ["now": now.stamp, "expires": expires.stamp]
        )
    }

    /// Records that the owner of a session proved their identity.
    public func noteProof(_ id: SessionID, at now: Date) async throws {
        try await transact { db in
            try db.execute(
                sql: "UPDATE session SET proved = :proved WHERE id = :id",
                arguments: ["proved": now.stamp, "id": id.rawValue]
            )
        }
    }

    /// Gives a session a new token.
    public func renew(_ session: RenewedSession) async throws -> Bool {
        try await transact { db in
            try Self.renew(session, db)
            return db.changesCount == 1
        }
    }

    static func renew(_ session: RenewedSession, _ db: Database) throws {
        try db.execute(
            sql: "UPDATE session SET token_hash = :token_hash, expires = :expires WHERE id = :id",
            arguments: ["token_hash": session.tokenHash, "expires": session.expires.stamp, "id": session.id.rawValue]
        )
    }

    /// Reads the sessions of a person.
    public func sessions(of id: PersonID, at now: Date) async throws -> [SignInSession] {
        try await database.read { db in try Self.sessions(of: id, at: now, db) }
    }

    static func sessions(of id: PersonID, at now: Date, _ db: Database) throws -> [SignInSession] {
        try SessionRow.fetchAll(
            db,
            sql: """
                SELECT \(SessionRow.columns) FROM session WHERE person = :person AND expires > :now ORDER BY last_used DESC, id DESC
                """,
            arguments: ["person": id.rawValue, "now": now.stamp]
        )
        .map(\.session)
    }

    /// Ends one session of a person.
    public func end(_ session: SessionID, of id: PersonID, with effects: SideEffects) async throws -> Bool {
        try await transact { db in
            try db.execute(
                sql: "DELETE FROM session WHERE id = :id AND person = :person",
                arguments: ["id": session.rawValue, "person": id.rawValue]
            )
            guard db.changesCount == 1 else { return false }
            try effects.write(db)
            return true
        }
    }

    /// Ends all sessions of a person, except one.
    public func endSessions(
        of id: PersonID,
        except kept: SessionID?,
        with effects: SideEffects
    ) async throws -> Int {
        try await transact { db in
            let count = try Self.endSessions(of: id, except: kept, db)
            try effects.write(db)
            return count
        }
    }

    @discardableResult
    static func endSessions(of id: PersonID, except kept: SessionID?, _ db: Database) throws -> Int {
        try db.execute(
            sql: "DELETE FROM session WHERE person = :person AND id <> :kept",
            arguments: ["person": id.rawValue, "kept": kept?.rawValue ?? 0]
        )
        return db.changesCount
    }
}
