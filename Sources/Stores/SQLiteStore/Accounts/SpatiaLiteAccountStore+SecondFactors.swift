public import Accounts
public import Civic
public import Foundation
import GRDB

extension SpatiaLiteAccountStore {
    /// Reads a second factor.
    public func secondFactor(of id: PersonID) async throws -> StoredSecondFactor? {
        try await database.read { db in try Self.secondFactor(of: id, db)?.factor }
    }

    static func secondFactor(of id: PersonID, _ db: Database) throws -> (factor: StoredSecondFactor, since: Date?)? {
        try Row.fetchOne(
            db,
            sql: """
                SELECT secret, session, expires, confirmed, lastStep,
                    (SELECT count(*) FROM recoveryCode WHERE recoveryCode.person = secondFactor.person) AS codes
                FROM secondFactor WHERE person = ?
                """,
            arguments: [id.rawValue]
        )
        .map { row in
            let confirmed: Int64? = row["confirmed"]
            let factor = StoredSecondFactor(
                secret: row["secret"],
                isConfirmed: confirmed != nil,
                session: (row["session"] as Int64?).map(SessionID.init(rawValue:)),
                expires: (row["expires"] as Int64?).map(Date.init(stamp:)),
                lastStep: row["lastStep"],
                recoveryCodesLeft: row["codes"]
            )
            return (factor, confirmed.map(Date.init(stamp:)))
        }
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
                    INSERT INTO secondFactor (person, secret, session, expires) VALUES (?, ?, ?, ?)
                    ON CONFLICT (person) DO UPDATE
                    SET secret = excluded.secret, session = excluded.session, expires = excluded.expires
                    WHERE confirmed IS NULL
                    """,
                arguments: [id.rawValue, secret, session.rawValue, expires.stamp]
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
                sql: "SELECT EXISTS (SELECT 1 FROM session WHERE id = ? AND person = ?)",
                arguments: [kept.id.rawValue, id.rawValue]
            )
            guard isOpen == true else { return false }
            try db.execute(
                sql: """
                    UPDATE secondFactor SET confirmed = ?, lastStep = ?, session = NULL, expires = NULL
                    WHERE person = ? AND secret = ? AND confirmed IS NULL
                    """,
                arguments: [effects.time.stamp, step, id.rawValue, secret]
            )
            guard db.changesCount == 1 else { return false }
            try Self.replaceRecoveryCodes(of: id, with: recoveryCodes, db)
            try Self.endSessions(of: id, except: kept.id, db)
            try Self.endSecondSteps(of: id, db)
            try Self.renew(kept, db)
            try db.execute(sql: "UPDATE session SET provedFactor = 1 WHERE id = ?", arguments: [kept.id.rawValue])
            try effects.write(db)
            return true
        }
    }

    /// Records a time step as used, so that its code works only once.
    public func useStep(_ step: Int64, of id: PersonID, latest: Int64) async throws -> Bool {
        try await transact { db in
            try db.execute(
                sql: """
                    UPDATE secondFactor SET lastStep = :step
                    WHERE person = :person AND confirmed IS NOT NULL AND (lastStep < :step OR lastStep > :latest)
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
                    DELETE FROM recoveryCode WHERE person = ? AND hash = ? AND EXISTS (
                        SELECT 1 FROM secondFactor
                        WHERE secondFactor.person = recoveryCode.person AND confirmed IS NOT NULL
                    )
                    """,
                arguments: [id.rawValue, hash]
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
        try db.execute(sql: "DELETE FROM recoveryCode WHERE person = ?", arguments: [id.rawValue])
        for hash in hashes {
            try db.execute(
                sql: "INSERT INTO recoveryCode (person, hash) VALUES (?, ?)",
                arguments: [id.rawValue, hash]
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
            try db.execute(sql: "DELETE FROM secondFactor WHERE person = ?", arguments: [id.rawValue])
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
            sql: "DELETE FROM oneTimeToken WHERE person = ? AND purpose = ?",
            arguments: [id.rawValue, StoredToken.Purpose.secondStep.rawValue]
        )
    }
}
