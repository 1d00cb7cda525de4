public import Accounts
public import Civic
public import Foundation
import GRDB

extension SQLiteAccountStore {
    /// Reads a second factor.
    public func secondFactor(of id: PersonID) async throws -> StoredSecondFactor? {
        try await database.read { db in try Self.secondFactor(of: id, db)?.factor }
    }

    static func secondFactor(of id: PersonID, _ db: Database) throws -> (factor: StoredSecondFactor, since: Date?)? {
        try SecondFactorRow.fetchOne(
            db,
            sql: """
                SELECT secret, session, expires, confirmed, last_step,
                    (SELECT count(*) FROM recovery_code WHERE recovery_code.person = second_factor.person) AS codes
                FROM second_factor WHERE person = :person
                """,
            arguments: ["person": id.rawValue]
        )
        .map { ($0.factor, $0.confirmed) }
    }

    /// Stores a secret that is to be confirmed by its first code.
    public func beginSecondFactor(
        of id: PersonID,
        secret: Data,
        in session: SessionID,
        until expires: Date
    ) async throws -> Bool {
        try await transact { db in
            try db.execute(
                sql: """
                    INSERT INTO second_factor (person, secret, session, expires) VALUES (:person, :secret, :session, :expires)
                    ON CONFLICT (person) DO UPDATE
                    SET secret = excluded.secret, session = excluded.session, expires = excluded.expires
                    WHERE second_factor.confirmed IS NULL
                    """,
                arguments: [
                    "person": id.rawValue, "secret": secret, "session": session.rawValue, "expires": expires.stamp,
                ]
            )
            return db.changesCount == 1
        }
    }

    /// Activates a second factor and ends what was begun with the password alone.
    public func confirmSecondFactor(
        of id: PersonID,
        secret: Data,
        step: Int64,
        recoveryCodes: [Data],
        keeping kept: RenewedSession,
        with effects: SideEffects
    ) async throws -> Bool {
        try await transact { db in
            let isOpen = try Bool.fetchOne(
                db,
                sql: "SELECT EXISTS (SELECT 1 FROM session WHERE id = :id AND person = :person)",
                arguments: ["id": kept.id.rawValue, "person": id.rawValue]
            )
            guard isOpen == true else { return false }
            try db.execute(
                sql: """
                    UPDATE second_factor SET confirmed = :confirmed, last_step = :last_step, session = NULL, expires = NULL
                    WHERE person = :person AND secret = :secret AND confirmed IS NULL
                    """,
                arguments: [
                    "confirmed": effects.time.stamp, "last_step": step, "person": id.rawValue, "secret": secret,
                ]
            )
            guard db.changesCount == 1 else { return false }
            try Self.replaceRecoveryCodes(of: id, with: recoveryCodes, db)
            try Self.endSessions(of: id, except: kept.id, db)
            try Self.endSecondSteps(of: id, db)
            try Self.renew(kept, db)
            try db.execute(
                sql: "UPDATE session SET proved_factor = 1 WHERE id = :id",
                arguments: ["id": kept.id.rawValue]
            )
            try effects.write(db)
            return true
        }
    }

    /// Records a time step as used, so that its code works only once.
    public func useStep(_ step: Int64, of id: PersonID, latest: Int64) async throws -> Bool {
        try await transact { db in
            try db.execute(
                sql: """
                    UPDATE second_factor SET last_step = :step
                    WHERE person = :person AND confirmed IS NOT NULL AND (last_step < :step OR last_step > :latest)
                    """,
                arguments: ["step": step, "person": id.rawValue, "latest": latest]
            )
            return db.changesCount == 1
        }
    }

    /// Deletes a recovery code, which works only once.
    public func useRecoveryCode(_ hash: Data, of id: PersonID, at now: Date) async throws -> Int? {
        try await transact { db in
            try db.execute(
                sql: """
                    DELETE FROM recovery_code WHERE person = :person AND hash = :hash AND EXISTS (
                        SELECT 1 FROM second_factor
                        WHERE second_factor.person = recovery_code.person AND confirmed IS NOT NULL
                    )
                    """,
                arguments: ["person": id.rawValue, "hash": hash]
            )
            guard db.changesCount == 1 else { return nil }
            return try Self.secondFactor(of: id, db)?.factor.recoveryCodesLeft
        }
    }

    /// Replaces all recovery codes by new ones.
    public func replaceRecoveryCodes(
        of id: PersonID,
        with hashes: [Data],
        _ effects: SideEffects
    ) async throws -> Bool {
        try await transact { db in
            guard try Self.secondFactor(of: id, db)?.factor.isConfirmed == true else { return false }
            try Self.replaceRecoveryCodes(of: id, with: hashes, db)
            try effects.write(db)
            return true
        }
    }

    private static func replaceRecoveryCodes(of id: PersonID, with hashes: [Data], _ db: Database) throws {
        try db.execute(sql: "DELETE FROM recovery_code WHERE person = :person", arguments: ["person": id.rawValue])
        for hash in hashes {
            try db.execute(
                sql: "INSERT INTO recovery_code (person, hash) VALUES (:person, :hash)",
                arguments: ["person": id.rawValue, "hash": hash]
            )
        }
    }

    /// Removes a second factor.
    public func disableSecondFactor(
        of id: PersonID,
        endsSessions: Bool,
        with effects: SideEffects
    ) async throws -> Bool {
        try await transact { db in
            guard try Self.secondFactor(of: id, db)?.factor.isConfirmed == true else { return false }
            try db.execute(sql: "DELETE FROM second_factor WHERE person = :person", arguments: ["person": id.rawValue])
            if endsSessions {
                try Self.endSessions(of: id, except: nil, db)
                try Self.endSecondSteps(of: id, db)
            }
            try effects.write(db)
            return true
        }
    }

    private static func endSecondSteps(of id: PersonID, _ db: Database) throws {
        try db.execute(
            sql: "DELETE FROM one_time_token WHERE person = :person AND purpose = :purpose",
            arguments: ["person": id.rawValue, "purpose": StoredToken.Purpose.secondStep.rawValue]
        )
    }
}
