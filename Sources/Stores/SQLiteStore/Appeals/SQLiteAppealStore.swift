public import Appeals
import Attachments
public import Civic
import Foundation
public import GRDB

/// Appeals in the portal database; each group of related methods is in its own extension.
public struct SQLiteAppealStore: AppealStore {
    let database: any DatabaseWriter

    /// Wraps a database that `PortalDatabase` opened.
    public init(_ database: any DatabaseWriter) { self.database = database }

    /// Erases within the transaction that deletes the account.
    public var erasure: any TransactionalErasure { self }

    /// Stores a new appeal.
    public func file(
        _ key: FilingKey,
        year: Int,
        make: @escaping @Sendable (AppealID, AppealNumber) throws -> NewAppeal
    ) async throws -> FilingResult {
        do {
            return try await database.transact { db in
                if let known = try Self.filed(key, db) { return known }
                let sequence = try Self.next("\(year)", db)
                guard let number = AppealNumber(year: year, sequence: Int(sequence)) else { return .noNumberLeft }
                let id = AppealID(rawValue: try Self.next("id", db))
                let appeal = try make(id, number)
                try Self.insert(appeal, key, db)
                try Self.claim(appeal.files, of: id, version: 0, at: appeal.effects.time, db)
                if let move = appeal.report {
                    guard try Self.update(move.appeal, move.term, from: move.version, db) else {
                        throw AppealRollback.reportChanged
                    }
                    try Self.insert(move.appeal.history.dropFirst(move.version), of: move.appeal.opening.id, db)
                }
                try appeal.effects.write(db)
                return .filed(id, number)
            }
        } catch AppealRollback.filesUnavailable {
            return .filesUnavailable
        } catch AppealRollback.reportChanged {
            return .reportChanged
        }
    }

    /// Stores moves.
    public func append(_ move: StoredMove) async throws -> StoredMoveResult {
        do {
            return try await database.transact { db in
                let (id, time) = (move.appeal.opening.id, move.effects.time)
                guard try Self.update(move.appeal, move.term, from: move.version, db) else { return .stale }
                try Self.insert(move.appeal.history.dropFirst(move.version), of: id, db)
                if let place = move.place { try Self.set(place, of: id, version: move.appeal.version, db) }
                if let route = move.route { try Self.set(route, of: id, version: move.appeal.version, db) }
                try Self.claim(move.files, of: id, version: move.appeal.version, at: time, db)
                if let target = move.mergedInto { try Self.moveSupporters(of: move.appeal, to: target, at: time, db) }
                if let part = move.part {
                    let part = try part(AppealID(rawValue: try Self.next("id", db)))
                    try Self.insert(part, nil, db)
                    try part.effects.write(db)
                }
                try move.effects.write(db)
                return .made
            }
        } catch AppealRollback.filesUnavailable {
            return .filesUnavailable
        }
    }

    /// Stores a new term.
    public func change(_ change: TermChange, version: Int, with effects: SideEffects) async throws -> Bool {
        try await database.transact { db in
            try db.execute(
                sql: "UPDATE appeal SET term = :term, due = :due WHERE id = :id AND version = :version AND is_open = 1",
                arguments: [
                    "term": try AppealJSON.text(change.new), "due": change.new.due.description,
                    "id": change.appeal.rawValue, "version": version,
                ]
            )
            guard db.changesCount == 1 else { return false }
            try db.execute(
                sql: """
                    INSERT INTO appeal_term_change (appeal, time, old_term, new_term) VALUES (:appeal, :time, :old, :new)
                    """,
                arguments: [
                    "appeal": change.appeal.rawValue, "time": change.time.stamp,
                    "old": try AppealJSON.text(change.old), "new": try AppealJSON.text(change.new),
                ]
            )
            try effects.write(db)
            return true
        }
    }

    /// The next number of a sequence; it is never given again, because it is stored with whatever uses it.
    private static func next(_ sequence: String, _ db: Database) throws -> Int64 {
        let number = try Int64.fetchOne(
            db,
            sql: """
                INSERT INTO appeal_sequence (name, last) VALUES (:name, 1)
                ON CONFLICT (name) DO UPDATE SET last = appeal_sequence.last + 1 RETURNING last
                """,
            arguments: ["name": sequence]
        )
        guard let number else { throw StoreError.noAnswer }
        return number
    }

    private static func filed(_ key: FilingKey, _ db: Database) throws -> FilingResult? {
        for hash in key.hashes {
            let row = try FiledRow.fetchOne(
                db,
                sql: "SELECT id, number, request_digest FROM appeal WHERE request_hash = :hash",
                arguments: ["hash": hash]
            )
            guard let row else { continue }
            let number = try FiledRow.required("number", row.id, AppealNumber(row.number))
            guard let digest = row.requestDigest, key.digests.contains(digest) else { return .otherContent(number) }
            return .repeated(AppealID(rawValue: row.id), number)
        }
        return nil
    }

    /// Claims files for an appeal in the transaction that needs them.
    ///
    /// - Throws: `AppealRollback.filesUnavailable`, which rolls the transaction back.
    static func claim(
        _ files: [NewAppealFile],
        of id: AppealID,
        version: Int,
        message: Int64? = nil,
        at time: Date,
        _ db: Database
    ) throws {
        guard !files.isEmpty else { return }
        var position =
            try Int.fetchOne(
                db,
                sql: "SELECT coalesce(max(position), 0) FROM appeal_file WHERE appeal = :appeal",
                arguments: ["appeal": id.rawValue]
            ) ?? 0
        for file in files {
            guard let attachment = AttachmentID(rawValue: file.id.rawValue),
                try SQLiteAttachmentStore.claim([attachment], of: file.owner, at: time, db)
            else { throw AppealRollback.filesUnavailable }
            position += 1
            try db.execute(
                sql: """
                    INSERT INTO appeal_file (attachment, appeal, position, purpose, version, message)
                    VALUES (:attachment, :appeal, :position, :purpose, :version, :message)
                    """,
                arguments: [
                    "attachment": file.id.rawValue, "appeal": id.rawValue, "position": position,
                    "purpose": file.purpose.rawValue, "version": version, "message": message,
                ]
            )
        }
    }
}

/// Why a transaction is rolled back; its method catches it.
enum AppealRollback: Error {
    case filesUnavailable
    case reportChanged
}

/// What was filed with the key of a request.
private struct FiledRow: TableRow {
    static let table = "appeal"

    let id: Int64
    let number: String
    let requestDigest: Data?
}
