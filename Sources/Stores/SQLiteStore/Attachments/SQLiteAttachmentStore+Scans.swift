public import Attachments
public import Foundation
import GRDB

/// Scans of records that no scanner has judged yet.
extension SQLiteAttachmentStore {
    /// Takes due records in one statement, so that two processes never take the same one.
    public func claimScans(at now: Date, limit: Int, lease: Duration) async throws -> [AwaitedScan] {
        let isAnyDue = try await database.read { db in
            try Bool.fetchOne(
                db,
                sql: "SELECT EXISTS (SELECT 1 FROM attachment WHERE state = 'awaiting_scan' AND due <= :now)",
                arguments: ["now": now.stamp]
            ) ?? false
        }
        // Most polls find nothing, and looking takes no lock.
        guard isAnyDue else { return [] }
        return try await database.transact { db in
            try AttachmentRow.fetchAll(
                db,
                sql: """
                    UPDATE attachment SET due = :due, attempts = attempts + 1
                    WHERE id IN (
                        SELECT id FROM attachment WHERE state = 'awaiting_scan' AND due <= :now ORDER BY due, id LIMIT :limit
                    ) AND state = 'awaiting_scan' AND due <= :now
                    RETURNING \(AttachmentRow.list)
                    """,
                arguments: ["due": now.stamp + lease.milliseconds, "now": now.stamp, "limit": limit]
            )
            .map { AwaitedScan(attachment: try $0.attachment, attempts: $0.attempts) }
            .sorted { $0.attachment.received < $1.attachment.received }
        }
    }

    /// Sets when a record is due again.
    public func postponeScan(_ id: AttachmentID, until next: Date) async throws {
        try await database.transact { db in
            try db.execute(
                sql: "UPDATE attachment SET due = :due WHERE id = :id AND state = 'awaiting_scan'",
                arguments: ["due": next.stamp, "id": id.rawValue]
            )
        }
    }

    /// Makes a record available.
    public func markAvailable(_ id: AttachmentID) async throws {
        try await database.transact { db in
            try db.execute(
                sql: "UPDATE attachment SET state = 'available' WHERE id = :id AND state = 'awaiting_scan'",
                arguments: ["id": id.rawValue]
            )
        }
    }

    /// Records what the scanner found.
    public func markInfected(_ id: AttachmentID, finding: String) async throws -> [StoredContent] {
        try await database.transact { db in
            guard let attachment = try Self.row(id, db)?.attachment, attachment.isCounted else { return [] }
            try db.execute(
                sql: "UPDATE attachment SET state = 'infected', finding = :finding WHERE id = :id",
                arguments: ["finding": finding, "id": id.rawValue]
            )
            try Self.count(attachment, times: -1, db)
            return attachment.files
        }
    }
}
