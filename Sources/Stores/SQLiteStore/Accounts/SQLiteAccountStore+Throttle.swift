public import Civic
public import Foundation
import GRDB

extension SQLiteAccountStore {
    /// Reads failure counts, reduced by the time passed since.
    public func failures(_ counters: [FailureCounter], at now: Date) async throws -> [Data: FailureCount] {
        try await database.read { db in
            try Self.heats(counters, at: now, db).compactMapValues { heat in
                let count = Int(heat.count.rounded())
                return count > 0 ? FailureCount(count: count, last: heat.last) : nil
            }
        }
    }

    /// A count reduced by the time passed, and the time of its last failure.
    private typealias Heat = (count: Double, last: Date)

    private static func heats(_ counters: [FailureCounter], at now: Date, _ db: Database) throws -> [Data: Heat] {
        try counters.reduce(into: [:]) { heats, counter in
            let row = try FailureRow.fetchOne(
                db,
                sql: "SELECT count, last FROM failure WHERE key = :key",
                arguments: ["key": counter.key]
            )
            guard let row else { return }
            // A failure recorded while the clock was ahead counts as happening now.
            let last = min(row.last, now)
            let halvings = now.timeIntervalSince(last) / (counter.halfLife / .seconds(1))
            heats[counter.key] = (row.count * exp2(-halvings), last)
        }
    }

    /// Counts a failure in advance of the check itself, unless the attempt has to wait.
    public func countFailure(
        _ counters: [FailureCounter],
        at now: Date,
        unless held: @escaping @Sendable ([Data: FailureCount]) -> FailureHold?
    ) async throws -> FailureHold? {
        try await transact { db in
            // Stored, because otherwise the wait would start again with each attempt until the clock has caught up.
            for counter in counters {
                try db.execute(
                    sql: "UPDATE failure SET last = :now WHERE key = :key AND last > :now",
                    arguments: ["key": counter.key, "now": now.stamp]
                )
            }
            let heats = try Self.heats(counters, at: now, db)
            let counts = heats.mapValues { FailureCount(count: Int($0.count.rounded()), last: $0.last) }
            if let hold = held(counts) { return hold }
            for counter in counters {
                try db.execute(
                    sql: """
                        INSERT INTO failure (key, count, last) VALUES (:key, :count, :now) ON CONFLICT (key) DO UPDATE
                        SET count = :count, last = :now
                        """,
                    arguments: [
                        "key": counter.key, "count": (heats[counter.key]?.count ?? 0) + 1, "now": now.stamp,
                    ]
                )
            }
            return nil
        }
    }

    /// Deletes some failure counts, and takes one failure off others.
    public func settle(forgetting forgotten: [Data], takingBack takenBack: [Data]) async throws {
        try await transact { db in
            for key in forgotten {
                try db.execute(sql: "DELETE FROM failure WHERE key = :key", arguments: ["key": key])
            }
            for key in takenBack {
                try db.execute(
                    sql: "UPDATE failure SET count = CASE WHEN count > 1 THEN count - 1 ELSE 0 END WHERE key = :key",
                    arguments: ["key": key]
                )
            }
        }
    }

    /// Charges all quotas, or none if one is exhausted; returns when that one ends.
    public func charge(_ charges: [QuotaCharge], at now: Date) async throws -> Date? {
        try await transact { db in
            for charge in charges {
                // A period begun while the clock was ahead starts now.
                try db.execute(
                    sql: "UPDATE quota SET ends = :ends WHERE key = :key AND ends > :ends",
                    arguments: ["key": charge.key, "ends": Self.end(of: charge, from: now)]
                )
                let ends = try Int64.fetchOne(
                    db,
                    sql: "SELECT ends FROM quota WHERE key = :key AND ends > :now AND count >= :count",
                    arguments: ["key": charge.key, "now": now.stamp, "count": charge.quota.count]
                )
                if let ends { return Date(stamp: ends) }
            }
            for charge in charges {
                let ends = Self.end(of: charge, from: now)
                try db.execute(
                    sql: """
                        INSERT INTO quota (key, count, ends) VALUES (:key, 1, :ends) ON CONFLICT (key) DO UPDATE
                        SET count = CASE WHEN quota.ends > :now THEN quota.count + 1 ELSE 1 END,
                            ends = CASE WHEN quota.ends > :now THEN quota.ends ELSE :ends END
                        """,
                    arguments: ["key": charge.key, "ends": ends, "now": now.stamp]
                )
            }
            return nil
        }
    }

    private static func end(of charge: QuotaCharge, from now: Date) -> Int64 {
        now.addingTimeInterval(charge.quota.span / .seconds(1)).stamp
    }
}

/// A failure counter as stored in the table.
private struct FailureRow: TableRow {
    static let table = "failure"

    let count: Double
    let last: Date
}
