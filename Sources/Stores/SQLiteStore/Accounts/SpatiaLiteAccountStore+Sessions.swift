public import Accounts
public import Civic
public import Foundation
import GRDB

extension SpatiaLiteAccountStore {
    private static let columns = "session.id AS sessionID, device, started, lastUsed, expires, proved, provedFactor"

    /// Reads a session and its person in one look-up of the token's hash.
    public func session(tokenHash: Data, at now: Date) async throws -> (session: SignInSession, person: Person)? {
        try await database.read { db in
            let row = try Row.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT \(Self.columns), \(PersonRow.columns)
                        FROM session JOIN person ON person.id = session.person
                        WHERE tokenHash = ? AND expires > ?
                        """
                ),
                arguments: [tokenHash, now.stamp]
            )
            return try row.map { (SignInSession(row: $0), try PersonRow.person($0)) }
        }
    }

    /// Begins a session.
    public func begin(
        _ session: NewSession,
        of id: PersonID,
        with effects: SideEffects
    ) async throws -> SessionID? {
        try await transact { db in
            guard try PersonRow.fetch(db, where: "id = ?", [id.rawValue]) != nil else { return nil }
            let session = try Self.insert(session, of: id, db)
            try effects.write(db)
            return session
        }
    }

    static func insert(_ session: NewSession, of id: PersonID, _ db: Database) throws -> SessionID {
        // Whoever it belonged to, because the browser now has another session.
        if let earlier = session.earlier {
            try db.execute(sql: "DELETE FROM session WHERE tokenHash = ?", arguments: [earlier])
        }
        try db.execute(
            sql: """
                INSERT INTO session (tokenHash, person, device, started, lastUsed, expires, proved, provedFactor)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                session.tokenHash, id.rawValue, session.device.text, session.started.stamp, session.started.stamp,
                session.expires.stamp, session.started.stamp, session.provedFactor,
            ]
        )
        return SessionID(rawValue: db.lastInsertedRowID)
    }

    /// Records that a session was used.
    public func touch(_ id: SessionID, at now: Date, until expires: Date) async throws {
        try await transact { db in
            try db.execute(
                sql: "UPDATE session SET lastUsed = ?, expires = ? WHERE id = ?",
                arguments: [now.stamp, expires.stamp, id.rawValue]
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
                    lastUsed = CASE WHEN lastUsed > :now THEN :now ELSE lastUsed END,
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
            try db.execute(sql: "UPDATE session SET proved = ? WHERE id = ?", arguments: [now.stamp, id.rawValue])
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
            sql: "UPDATE session SET tokenHash = ?, expires = ? WHERE id = ?",
            arguments: [session.tokenHash, session.expires.stamp, session.id.rawValue]
        )
    }

    /// Reads the sessions of a person.
    public func sessions(of id: PersonID, at now: Date) async throws -> [SignInSession] {
        try await database.read { db in try Self.sessions(of: id, at: now, db) }
    }

    static func sessions(of id: PersonID, at now: Date, _ db: Database) throws -> [SignInSession] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT \(columns) FROM session WHERE person = ? AND expires > ? ORDER BY lastUsed DESC, id DESC
                """,
            arguments: [id.rawValue, now.stamp]
        )
        .map(SignInSession.init(row:))
    }

    /// Ends one session of a person.
    public func end(_ session: SessionID, of id: PersonID, with effects: SideEffects) async throws -> Bool {
        try await transact { db in
            try db.execute(
                sql: "DELETE FROM session WHERE id = ? AND person = ?",
                arguments: [session.rawValue, id.rawValue]
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
            sql: "DELETE FROM session WHERE person = ? AND id IS NOT ?",
            arguments: [id.rawValue, kept?.rawValue]
        )
        return db.changesCount
    }

    /// Deletes what has expired, and the last traces of data deleted or erased since the previous sweep.
    public func sweep(at now: Date, lifetimes: StoredLifetimes) async throws {
        try await transact { db in
            try Self.bringBack(to: now, lifetimes, db)
            for table in [
                "session", "registration", "emailChange", "oneTimeToken", "signInAttempt", "usedChallenge",
                // Only unconfirmed ones have an expiry time; confirmed ones never expire.
                "secondFactor",
            ] {
                try db.execute(sql: "DELETE FROM \(table) WHERE expires <= ?", arguments: [now.stamp])
            }
            // Cancellation links end with their change.
            try db.execute(
                sql: "DELETE FROM oneTimeToken WHERE purpose = ? AND person NOT IN (SELECT person FROM emailChange)",
                arguments: [StoredToken.Purpose.emailCancel.rawValue]
            )
            try db.execute(sql: "DELETE FROM quota WHERE ends <= ?", arguments: [now.stamp])
            try db.execute(sql: "DELETE FROM failure WHERE last <= ?", arguments: [now.stamp - Self.counterMemory])
            try db.execute(
                sql: "DELETE FROM formerAddress WHERE changed <= ?",
                arguments: [now.stamp - Self.addressMemory]
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

extension SignInSession {
    fileprivate init(row: Row) {
        self.init(
            id: SessionID(rawValue: row["sessionID"]),
            device: Device(stored: row["device"]),
            started: Date(stamp: row["started"]),
            lastUsed: Date(stamp: row["lastUsed"]),
            expires: Date(stamp: row["expires"]),
            proved: Date(stamp: row["proved"]),
            provedFactor: row["provedFactor"]
        )
    }
}
