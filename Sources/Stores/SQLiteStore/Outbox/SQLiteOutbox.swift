public import Civic
public import Foundation
public import GRDB
public import Mail

/// The table of mails to send in the portal database.
public struct SQLiteOutbox: Outbox {
    // A mail that was sent but cannot be marked as sent would be sent again, so this waits as long as the lease allows.
    private static let patience: Duration = .seconds(20)
    private let database: any DatabaseWriter

    /// Wraps a database that `PortalDatabase` opened.
    public init(_ database: any DatabaseWriter) { self.database = database }

    /// Queues mails within the transaction of their cause; a mail whose key already exists is skipped.
    static func enqueue(_ mails: [OutgoingMail], _ db: Database, at time: Date) throws {
        for mail in mails {
            try db.execute(
                sql: """
                    INSERT INTO outbox_mail (key, recipient, language, subject, text, html, unsubscribe, queued, due)
                    VALUES (:key, :recipient, :language, :subject, :text, :html, :unsubscribe, :queued, :due) ON CONFLICT (key) DO NOTHING
                    """,
                arguments: [
                    "key": mail.key, "recipient": mail.recipient, "language": mail.language,
                    "subject": mail.message.subject, "text": mail.message.text, "html": mail.message.html,
                    "unsubscribe": mail.unsubscribe, "queued": time.stamp, "due": time.stamp,
                ]
            )
        }
    }

    /// Deletes waiting and kept mails to an address when its owner's data is erased.
    static func forget(recipient: String, _ db: Database) throws {
        try db.execute(
            sql: "DELETE FROM outbox_mail WHERE recipient = :recipient AND is_blank = 0",
            arguments: ["recipient": recipient]
        )
    }

    /// Takes due mails in one statement, so that two processes never take the same one.
    ///
    /// The condition is repeated outside the subquery, because an engine that waits for a row which another process has
    /// just taken looks only at the outer one again.
    public func claimDue(at now: Date, limit: Int, lease: Duration) async throws -> [QueuedMail] {
        let isAnyDue = try await database.read { db in
            try Bool.fetchOne(
                db,
                sql: "SELECT EXISTS (SELECT 1 FROM outbox_mail WHERE state = 'waiting' AND due <= :now)",
                arguments: ["now": now.stamp]
            ) ?? false
        }
        // Most polls find nothing, and looking takes no lock.
        guard isAnyDue else { return [] }
        return try await database.change(patience: Self.patience) { db in
            try QueuedMailRow.fetchAll(
                db,
                sql: """
                    UPDATE outbox_mail SET due = :due, attempts = attempts + 1
                    WHERE id IN (
                        SELECT id FROM outbox_mail WHERE state = 'waiting' AND due <= :now ORDER BY due, id LIMIT :limit
                    ) AND state = 'waiting' AND due <= :now
                    RETURNING id, key, recipient, language, subject, text, html, unsubscribe, attempts, queued
                    """,
                arguments: ["due": now.stamp + lease.milliseconds, "now": now.stamp, "limit": limit]
            )
            .map(\.mail).sorted { ($0.queued, $0.id) < ($1.queued, $1.id) }
        }
    }

    /// Makes mails due now that wait beyond a time, and corrects times of giving up that are in the future.
    public func bringBack(to now: Date, latest: Date) async throws {
        let isAnyAhead = try await database.read { db in
            try Bool.fetchOne(
                db,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM outbox_mail WHERE state = 'waiting' AND due > :latest)
                        OR EXISTS (SELECT 1 FROM outbox_mail WHERE state = 'given_up' AND settled > :now)
                    """,
                arguments: ["now": now.stamp, "latest": latest.stamp]
            ) ?? false
        }
        guard isAnyAhead else { return }
        try await execute(
            "UPDATE outbox_mail SET due = :due WHERE state = 'waiting' AND due > :latest",
            ["due": now.stamp, "latest": latest.stamp]
        )
        try await execute(
            "UPDATE outbox_mail SET settled = :settled WHERE state = 'given_up' AND settled > :now",
            ["settled": now.stamp, "now": now.stamp]
        )
    }

    /// Marks a mail as sent, whatever its state, because it cannot be unsent.
    public func markSent(_ id: Int64, at now: Date) async throws {
        try await execute(
            "UPDATE outbox_mail SET state = 'sent', settled = :settled, \(Self.blank) WHERE id = :id",
            ["settled": now.stamp, "id": id]
        )
    }

    /// Schedules another attempt for a mail, unless it was sent in the meantime.
    public func retry(_ id: Int64, at next: Date, reason: String) async throws {
        try await execute(
            "UPDATE outbox_mail SET due = :due, reason = :reason WHERE id = :id AND state = 'waiting'",
            ["due": next.stamp, "reason": reason, "id": id]
        )
    }

    /// Gives up on a mail, unless it was sent in the meantime.
    public func giveUp(_ id: Int64, at now: Date, reason: String) async throws {
        try await execute(
            "UPDATE outbox_mail SET state = 'given_up', settled = :settled, reason = :reason WHERE id = :id AND state = 'waiting'",
            ["settled": now.stamp, "reason": reason, "id": id]
        )
    }

    /// Reads the mails that were not sent at the first attempt.
    public func undelivered(limit: Int) async throws -> [UndeliveredMail] {
        try await database.read { db in
            try UndeliveredMailRow.fetchAll(
                db,
                sql: """
                    SELECT id, recipient, subject, queued, attempts, reason, state, due, settled, is_blank FROM outbox_mail
                    WHERE state = 'given_up' OR (state = 'waiting' AND reason IS NOT NULL)
                    ORDER BY queued DESC, id DESC LIMIT :limit
                    """,
                arguments: ["limit": limit]
            )
            .map(\.mail)
        }
    }

    /// Makes a given-up mail due at once.
    public func resend(_ id: Int64) async throws {
        let changed = try await database.change(patience: Self.patience) { db in
            try db.execute(
                sql: """
                    UPDATE outbox_mail SET state = 'waiting', due = 0, attempts = 0, settled = NULL
                    WHERE id = :id AND state = 'given_up' AND is_blank = 0
                    """,
                arguments: ["id": id]
            )
            return db.changesCount
        }
        if changed == 0 { throw MailError.notKept(id) }
    }

    /// Blanks mails given up before a time.
    public func blankGivenUp(before time: Date) async throws {
        try await execute(
            "UPDATE outbox_mail SET \(Self.blank) WHERE state = 'given_up' AND is_blank = 0 AND settled < :time",
            ["time": time.stamp]
        )
    }

    private static let blank = "is_blank = 1, recipient = '', subject = '', text = '', html = '', unsubscribe = NULL"

    private func execute(_ sql: String, _ arguments: StatementArguments) async throws {
        try await database.change(patience: Self.patience) { db in try db.execute(sql: sql, arguments: arguments) }
    }
}
