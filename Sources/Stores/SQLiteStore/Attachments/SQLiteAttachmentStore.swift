public import Attachments
public import Civic
public import Foundation
public import GRDB

/// The records of attachments in the portal database.
public struct SQLiteAttachmentStore: AttachmentStore {
    /// The owner under which the usage of all records is summed; people are numbered from 1.
    private static let everybody: Int64 = 0

    let database: any DatabaseWriter

    /// Wraps a database that `PortalDatabase` opened.
    public init(_ database: any DatabaseWriter) { self.database = database }

    /// Adds a record.
    public func add(_ attachment: AttachedFile, within quota: StorageQuota) async throws -> AttachmentAddition {
        try await database.transact { db in
            let bytes = attachment.storedBytes
            if let owner = attachment.owner {
                let used = try Self.usage(of: owner.rawValue, db)
                guard used.files < quota.person.files else { return .personHasTooManyFiles }
                guard used.bytes + bytes <= quota.person.bytes else { return .personHasTooManyBytes }
            }
            guard try Self.usage(of: Self.everybody, db).bytes + bytes <= quota.totalBytes else { return .full }
            try Self.insert(attachment, db)
            if attachment.isCounted { try Self.count(attachment, times: 1, db) }
            return .added
        }
    }

    /// Reads a record.
    public func attachment(_ id: AttachmentID) async throws -> AttachedFile? {
        try await database.read { db in try Self.row(id, db)?.attachment }
    }

    /// Reads the records of a person.
    public func attachments(of owner: PersonID) async throws -> [AttachedFile] {
        try await database.read { db in
            try AttachmentRow.fetchAll(
                db,
                sql: "SELECT \(AttachmentRow.list) FROM attachment WHERE owner = :owner ORDER BY received, id",
                arguments: ["owner": owner.rawValue]
            )
            .map { try $0.attachment }
        }
    }

    /// Reads the number and total size of records.
    public func usage(of owner: PersonID?) async throws -> StorageUsage {
        try await database.read { db in try Self.usage(of: owner?.rawValue ?? Self.everybody, db) }
    }

    /// Claims records.
    public func claim(_ ids: [AttachmentID], of owner: PersonID?, at now: Date) async throws -> Bool {
        try await database.transact { db in try Self.claim(ids, of: owner, at: now, db) }
    }

    /// Claims records in the transaction of the record that keeps them.
    static func claim(_ ids: [AttachmentID], of owner: PersonID?, at now: Date, _ db: Database) throws -> Bool {
        let rows = try ids.map { try row($0, db)?.attachment }
        let areFree = rows.allSatisfy { attachment in
            guard let attachment else { return false }
            return attachment.owner == owner && attachment.claimed == nil && attachment.isCounted
        }
        guard areFree, Set(ids).count == ids.count else { return false }
        for id in ids {
            try db.execute(
                sql: "UPDATE attachment SET claimed = :now WHERE id = :id",
                arguments: ["now": now.stamp, "id": id.rawValue]
            )
        }
        return true
    }

    /// Gives records without an owner to a person.
    public func adopt(
        _ ids: [AttachmentID],
        by person: PersonID,
        within quota: StorageUsage
    ) async throws -> [AttachmentID] {
        try await database.transact { db in
            try ids.filter { id in
                guard let attachment = try Self.row(id, db)?.attachment, attachment.owner == nil,
                    attachment.claimed == nil, attachment.isCounted
                else { return false }
                let used = try Self.usage(of: person.rawValue, db)
                guard used.files < quota.files, used.bytes + attachment.storedBytes <= quota.bytes else { return false }
                try db.execute(
                    sql: "UPDATE attachment SET owner = :owner WHERE id = :id",
                    arguments: ["owner": person.rawValue, "id": id.rawValue]
                )
                try Self.add(files: 1, bytes: attachment.storedBytes, to: person.rawValue, db)
                return true
            }
        }
    }

    /// Deletes records.
    public func delete(_ ids: [AttachmentID]) async throws -> [StoredContent] {
        try await database.transact { db in
            try ids.flatMap { id -> [StoredContent] in
                guard let attachment = try Self.row(id, db)?.attachment else { return [] }
                return try Self.delete(attachment, db)
            }
        }
    }

    /// Deletes those of some records that are unclaimed.
    public func deleteUnclaimed(_ ids: [AttachmentID]) async throws -> [StoredContent] {
        try await database.transact { db in
            try ids.flatMap { id -> [StoredContent] in
                guard let attachment = try Self.row(id, db)?.attachment, attachment.claimed == nil else { return [] }
                return try Self.delete(attachment, db)
            }
        }
    }

    /// Deletes the unclaimed records of a person.
    public func deleteUnclaimed(of owner: PersonID) async throws -> [StoredContent] {
        try await deleteWhere("owner = :owner AND claimed IS NULL", ["owner": owner.rawValue])
    }

    /// Deletes the records of a person.
    public func deleteAll(of owner: PersonID) async throws -> [StoredContent] {
        try await deleteWhere("owner = :owner", ["owner": owner.rawValue])
    }

    /// Deletes expired records.
    public func deleteUnclaimed(before time: Date, limit: Int) async throws -> [StoredContent] {
        try await deleteWhere(
            "claimed IS NULL AND received < :time ORDER BY received LIMIT :limit",
            ["time": time.stamp, "limit": limit]
        )
    }

    /// Looks for a record that refers to a content.
    public func isReferenced(_ digest: FileDigest) async throws -> Bool {
        try await database.read { db in
            try Bool.fetchOne(
                db,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM attachment WHERE digest = :digest AND state <> 'infected')
                        OR EXISTS (SELECT 1 FROM attachment WHERE thumbnail_digest = :digest AND state <> 'infected')
                    """,
                arguments: ["digest": digest.rawValue]
            ) ?? false
        }
    }

    /// Reads the records that refer to a content.
    public func attachments(referringTo digest: FileDigest) async throws -> [AttachedFile] {
        try await database.read { db in
            try AttachmentRow.fetchAll(
                db,
                sql: """
                    SELECT \(AttachmentRow.list) FROM attachment
                    WHERE (digest = :digest OR thumbnail_digest = :digest) AND state <> 'infected'
                    ORDER BY received, id
                    """,
                arguments: ["digest": digest.rawValue]
            )
            .map { try $0.attachment }
        }
    }

    /// Removes the thumbnail from a record.
    public func dropThumbnail(of id: AttachmentID) async throws {
        try await database.transact { db in
            guard let attachment = try Self.row(id, db)?.attachment, let thumbnail = attachment.thumbnail else {
                return
            }
            try db.execute(
                sql: "UPDATE attachment SET thumbnail_digest = NULL, thumbnail_size = NULL WHERE id = :id",
                arguments: ["id": id.rawValue]
            )
            guard attachment.isCounted else { return }
            for owner in [Self.everybody] + (attachment.owner.map { [$0.rawValue] } ?? []) {
                try Self.add(files: 0, bytes: -thumbnail.size, to: owner, db)
            }
        }
    }

    /// Reads the contents whose digests begin with two digits.
    public func references(in shard: String) async throws -> [StoredContent] {
        try await database.read { db in
            // Digits and letters sort alike in every collation, and g follows f.
            try ContentRow.fetchAll(
                db,
                sql: """
                    SELECT digest, size FROM attachment
                    WHERE digest >= :first AND digest < :behind AND state <> 'infected'
                    UNION ALL
                    SELECT thumbnail_digest AS digest, thumbnail_size AS size FROM attachment
                    WHERE thumbnail_digest >= :first AND thumbnail_digest < :behind AND state <> 'infected'
                    """,
                arguments: ["first": shard, "behind": shard + "g"]
            )
            .map { try $0.content }
        }
    }

    /// Deletes the records that a condition selects.
    private func deleteWhere(_ condition: String, _ arguments: StatementArguments) async throws -> [StoredContent] {
        try await database.transact { db in
            try AttachmentRow.fetchAll(
                db,
                sql: "SELECT \(AttachmentRow.list) FROM attachment WHERE \(condition)",
                arguments: arguments
            )
            .flatMap { try Self.delete($0.attachment, db) }
        }
    }
}

extension SQLiteAttachmentStore {
    /// The row of an id.
    static func row(_ id: AttachmentID, _ db: Database) throws -> AttachmentRow? {
        try AttachmentRow.fetchOne(
            db,
            sql: "SELECT \(AttachmentRow.list) FROM attachment WHERE id = :id",
            arguments: ["id": id.rawValue]
        )
    }

    /// Adds a record to the usage of its owner and of everybody, or subtracts it.
    static func count(_ attachment: AttachedFile, times sign: Int, _ db: Database) throws {
        for owner in [everybody] + (attachment.owner.map { [$0.rawValue] } ?? []) {
            try add(files: sign, bytes: sign * attachment.storedBytes, to: owner, db)
        }
    }

    private static func add(files: Int, bytes: Int, to owner: Int64, _ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO attachment_usage (owner, files, bytes) VALUES (:owner, 0, 0) ON CONFLICT (owner) DO NOTHING
                """,
            arguments: ["owner": owner]
        )
        try db.execute(
            sql: "UPDATE attachment_usage SET files = files + :files, bytes = bytes + :bytes WHERE owner = :owner",
            arguments: ["owner": owner, "files": files, "bytes": bytes]
        )
    }

    private static func delete(_ attachment: AttachedFile, _ db: Database) throws -> [StoredContent] {
        try db.execute(sql: "DELETE FROM attachment WHERE id = :id", arguments: ["id": attachment.id.rawValue])
        if attachment.isCounted { try count(attachment, times: -1, db) }
        return attachment.files
    }

    private static func usage(of owner: Int64, _ db: Database) throws -> StorageUsage {
        let row = try UsageRow.fetchOne(
            db,
            sql: "SELECT files, bytes FROM attachment_usage WHERE owner = :owner",
            arguments: ["owner": owner]
        )
        return StorageUsage(files: row?.files ?? 0, bytes: row?.bytes ?? 0)
    }

    private static func insert(_ attachment: AttachedFile, _ db: Database) throws {
        var finding: String?
        if case .infected(let name) = attachment.state { finding = name }
        try db.execute(
            sql: """
                INSERT INTO attachment (
                    id, owner, name, format, digest, size, thumbnail_digest, thumbnail_size, state, finding, received,
                    claimed, due
                ) VALUES (
                    :id, :owner, :name, :format, :digest, :size, :thumbnail_digest, :thumbnail_size, :state, :finding,
                    :received, :claimed, :received
                )
                """,
            arguments: [
                "id": attachment.id.rawValue, "owner": attachment.owner?.rawValue, "name": attachment.name,
                "format": attachment.format.rawValue, "digest": attachment.content.digest.rawValue,
                "size": attachment.content.size, "thumbnail_digest": attachment.thumbnail?.digest.rawValue,
                "thumbnail_size": attachment.thumbnail?.size, "state": StoredState(attachment.state).rawValue,
                "finding": finding, "received": attachment.received.stamp, "claimed": attachment.claimed?.stamp,
            ]
        )
    }
}

extension AttachedFile {
    /// Whether it refers to its contents and counts in the usage.
    var isCounted: Bool {
        if case .infected = state { return false }
        return true
    }
}

/// A row of the sums.
private struct UsageRow: TableRow {
    static let table = "attachment_usage"

    let files: Int
    let bytes: Int
}
