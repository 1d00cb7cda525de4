public import Accounts
public import Civic
public import Foundation
import GRDB

extension SQLiteAccountStore {
    /// Passes every sealed value through a closure, in one transaction.
    public func reseal(
        _ seal: @escaping @Sendable (SealedField, Data) throws -> (sealed: Data, hash: Data?)?,
        with effects: SideEffects
    ) async throws -> Int {
        try await transact { db in
            let count = try SealedField.allCases.reduce(0) { count, field in
                try count + Self.reseal(field, seal, db)
            }
            try effects.write(db)
            return count
        }
    }

    /// Clears or deletes what contains an unreadable value; second factors get a new secret.
    public func dropSealedValues(
        where isLost: @escaping @Sendable (Data) -> Bool,
        replacingFactorsBy secret: @escaping @Sendable () throws -> Data,
        with effects: SideEffects
    ) async throws -> [SealedField: Int] {
        try await transact { db in
            var counts: [SealedField: Int] = [:]
            for field in SealedField.allCases {
                let (table, key, column, hash) = field.place
                let rows = try SealedValueRow.fetchCursor(
                    db,
                    sql: "SELECT \(key) AS key, \(column) AS sealed FROM \(table) WHERE \(column) IS NOT NULL"
                )
                var lost: [DatabaseValue] = []
                while let row = try rows.next() { if isLost(row.sealed) { lost.append(row.key) } }
                if !lost.isEmpty { counts[field] = lost.count }
                guard field != .secondFactor else {
                    for row in lost {
                        let sql = "UPDATE \(table) SET \(column) = :secret WHERE \(key) = :key"
                        try db.execute(sql: sql, arguments: ["secret": try secret(), "key": row])
                    }
                    continue
                }
                let emptied = [column] + (hash.map { [$0] } ?? [])
                let change =
                    field.isEmptied
                    ? "UPDATE \(table) SET " + emptied.map { "\($0) = NULL" }.joined(separator: ", ")
                    : "DELETE FROM \(table)"
                for row in lost { try db.execute(sql: change + " WHERE \(key) = :key", arguments: ["key": row]) }
            }
            if !counts.isEmpty { try effects.write(db) }
            return counts
        }
    }

    /// Whether there is an account or an encrypted value.
    public func dependsOnKeys() async throws -> Bool {
        try await database.read { db in
            if try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM person)") == true { return true }
            return try SealedField.allCases.contains { field in
                let (table, _, column, _) = field.place
                let sql = "SELECT EXISTS (SELECT 1 FROM \(table) WHERE \(column) IS NOT NULL)"
                return try Bool.fetchOne(db, sql: sql) == true
            }
        }
    }

    /// Counts encrypted values, in one consistent read.
    public func sealedValueCount(where isCounted: @escaping @Sendable (Data) -> Bool) async throws -> Int {
        try await database.read { db in
            try SealedField.allCases.reduce(0) { count, field in
                let (table, _, column, _) = field.place
                let values = try Data.fetchCursor(
                    db,
                    sql: "SELECT \(column) FROM \(table) WHERE \(column) IS NOT NULL"
                )
                return try values.reduce(into: count) { if isCounted($1) { $0 += 1 } }
            }
        }
    }

    private static func reseal(
        _ field: SealedField,
        _ seal: (SealedField, Data) throws -> (sealed: Data, hash: Data?)?,
        _ db: Database
    ) throws -> Int {
        let (table, key, column, hashColumn) = field.place
        // Values are read one by one, because those of all drafts together may be larger than the memory.
        let keys = try DatabaseValue.fetchAll(db, sql: "SELECT \(key) FROM \(table) WHERE \(column) IS NOT NULL")
        let read = try db.makeStatement(sql: "SELECT \(column) FROM \(table) WHERE \(key) = :key")
        let assignments = "\(column) = :sealed" + (hashColumn.map { ", \($0) = :hash" } ?? "")
        let update = try db.makeStatement(sql: "UPDATE \(table) SET \(assignments) WHERE \(key) = :key")
        var count = 0
        for key in keys {
            guard let present = try Data.fetchOne(read, arguments: ["key": key]),
                let (sealed, hash) = try seal(field, present)
            else { continue }
            var arguments: StatementArguments = ["sealed": sealed, "key": key]
            if hashColumn != nil { arguments += ["hash": hash] }
            try update.execute(arguments: arguments)
            count += 1
        }
        return count
    }
}

extension SealedField {
    /// The table, its key, the column, and the column of the keyed hash, if any.
    fileprivate var place: (table: String, key: String, column: String, hash: String?) {
        switch self {
        case .phone: ("person", "id", "phone", "phone_hash")
        case .iin: ("person", "id", "iin", "iin_hash")
        case .secondFactor: ("second_factor", "person", "secret", nil)
        case .token: ("one_time_token", "hash", "payload", nil)
        case .registrationIdentity: ("registration", "token_hash", "identity", nil)
        case .signInAttempt: ("sign_in_attempt", "state_hash", "payload", nil)
        case .savedDraft: ("saved_draft", "key", "payload", nil)
        case .applicantContact: ("appeal_applicant", "appeal", "contact", nil)
        case .applicantIdentity: ("appeal_applicant", "appeal", "identity", nil)
        case .applicantNumber: ("appeal_applicant", "appeal", "number", "number_hash")
        }
    }

    /// Whether the row stays without the value when no key opens it.
    fileprivate var isEmptied: Bool {
        switch self {
        case .phone, .iin, .applicantContact, .applicantIdentity, .applicantNumber: true
        case .secondFactor, .token, .registrationIdentity, .signInAttempt, .savedDraft: false
        }
    }
}

/// A sealed value with the key of its row, which is a number or a hash.
private struct SealedValueRow: FetchableRecord {
    let key: DatabaseValue
    let sealed: Data

    init(row: Row) { (key, sealed) = (row["key"], row["sealed"]) }
}
