public import Civic
public import Foundation
public import GRDB
public import Mail

/// The table of mails to send in a SpatiaLite database.
public struct SpatiaLiteOutbox: Outbox {
    // A mail that was sent but cannot be marked as sent would be sent again, so this waits as long as the lease allows.
    private static let patience: Duration = .seconds(20)
    private let database: any DatabaseWriter

    /// Wraps a database that `SpatialDatabase` opened.
    public init(_ database: any DatabaseWriter) { self.database = database }

    /// Queues mails within the transaction of their cause; a mail whose key already exists is skipped.
    static func enqueue(_ mails: [OutgoingMail], _ db: Database, at time: Date) throws {
        for mail in mails {
            try db.execute(
                sql: """
                    INSERT INTO outboxMail (key, recipient, language, subject, text, html, unsubscribe, queued, due)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING
                    """,
                arguments: [
                    mail.key, mail.recipient, mail.language, mail.message.subject, mail.message.text, mail.message.html,
                    mail.unsubscribe, time.milliseconds, time.milliseconds,
                ]
            )
        }
    }

    /// Deletes waiting and kept mails to an address when its owner's data is erased.
    static func forget(recipient: String, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM outboxMail WHERE recipient = ? AND isBlank = 0", arguments: [recipient])
    }

    /// Takes due mails in one statement, so that two processes never take the same one.
    public func claimDue(at now: Date, limit: Int, lease: Duration) async throws -> [QueuedMail] {
        let isAnyDue = try await database.read { db in
            try Bool.fetchOne(
                db,
                sql: "SELECT EXISTS (SELECT 1 FROM outboxMail WHERE state = 'waiting' AND due <= ?)",
                arguments: [now.milliseconds]
            ) ?? false
        }
        // Most polls find nothing, and looking takes no lock.
        guard isAnyDue else { return [] }
        return try await database.change(patience: Self.patience) { db in
            try Row.fetchAll(
                db,
                sql: """
                    UPDATE outboxMail SET due = ?, attempts = attempts + 1
                    WHERE id IN (
                        SELECT id FROM outboxMail WHERE state = 'waiting' AND due <= ? ORDER BY due, id LIMIT ?
                    )
                    RETURNING id, key, recipient, language, subject, text, html, unsubscribe, attempts, queued
                    """,
                arguments: [now.milliseconds + lease.milliseconds, now.milliseconds, limit]
            )
            .map(QueuedMail.init(row:)).sorted { ($0.queued, $0.id) < ($1.queued, $1.id) }
        }
    }

    /// Makes mails due now that wait beyond a time, and corrects times of giving up that are in the future.
    public func bringBack(to now: Date, latest: Date) async throws {
        let isAnyAhead = try await database.read { db in
            try Bool.fetchOne(
                db,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM outboxMail WHERE state = 'waiting' AND due > :latest)
                        OR EXISTS (SELECT 1 FROM outboxMail WHERE state = 'givenUp' AND settled > :now)
                    """,
                arguments: ["now": now.milliseconds, "latest": latest.milliseconds]
            ) ?? false
        }
        guard isAnyAhead else { return }
        try await execute(
            "UPDATE outboxMail SET due = ? WHERE state = 'waiting' AND due > ?",
            [now.milliseconds, latest.milliseconds]
        )
        try await execute(
            "UPDATE outboxMail SET settled = ? WHERE state = 'givenUp' AND settled > ?",
            [now.milliseconds, now.milliseconds]
        )
    }

    /// Marks a mail as sent, whatever its state, because it cannot be unsent.
    public func markSent(_ id: Int64, at now: Date) async throws {
        try await execute(
            "UPDATE outboxMail SET state = 'sent', settled = ?, \(Self.blank) WHERE id = ?",
            [now.milliseconds, id]
        )
    }

    /// Schedules another attempt for a mail, unless it was sent in the meantime.
    public func retry(_ id: Int64, at next: Date, reason: String) async throws {
        try await execute(
            "UPDATE outboxMail SET due = ?, reason = ? WHERE id = ? AND state = 'waiting'",
            [next.milliseconds, reason, id]
        )
    }

    /// Gives up on a mail, unless it was sent in the meantime.
    public func giveUp(_ id: Int64, at now: Date, reason: String) async throws {
        try await execute(
            "UPDATE outboxMail SET state = 'givenUp', settled = ?, reason = ? WHERE id = ? AND state = 'waiting'",
            [now.milliseconds, reason, id]
        )
    }

    /// Reads the mails that were not sent at the first attempt.
    public func troubled(limit: Int) async throws -> [UndeliveredMail] {
        try await database.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT id, recipient, subject, queued, attempts, reason, state, due, settled, isBlank FROM outboxMail
                    WHERE state = 'givenUp' OR (state = 'waiting' AND reason IS NOT NULL)
                    ORDER BY queued DESC, id DESC LIMIT ?
                    """,
                arguments: [limit]
            )
            .map(UndeliveredMail.init(row:))
        }
    }

    /// Makes a given-up mail due at once.
    public func resend(_ id: Int64) async throws {
        let changed = try await database.change(patience: Self.patience) { db in
            try db.execute(
                sql: """
                    UPDATE outboxMail SET state = 'waiting', due = 0, attempts = 0, settled = NULL
                    WHERE id = ? AND state = 'givenUp' AND isBlank = 0
                    """,
                arguments: [id]
            )
            return db.changesCount
        }
        if changed == 0 { throw MailError.notKept(id) }
    }

    /// Blanks mails given up before a time.
    public func blankGivenUp(before time: Date) async throws {
        try await execute(
            "UPDATE outboxMail SET \(Self.blank) WHERE state = 'givenUp' AND isBlank = 0 AND settled < ?",
            [time.milliseconds]
        )
    }

    private static let blank = "isBlank = 1, recipient = '', subject = '', text = '', html = '', unsubscribe = NULL"

    private func execute(_ sql: String, _ arguments: StatementArguments) async throws {
        try await database.change(patience: Self.patience) { db in try db.execute(sql: sql, arguments: arguments) }
    }
}

extension QueuedMail {
    fileprivate init(row: Row) {
        self.init(
            id: row["id"],
            mail: OutgoingMail(
                key: row["key"],
                recipient: row["recipient"],
                message: MailMessage(subject: row["subject"], text: row["text"], html: row["html"]),
                language: row["language"],
                unsubscribe: row["unsubscribe"]
            ),
            attempts: row["attempts"],
            queued: Date(milliseconds: row["queued"])
        )
    }
}

extension UndeliveredMail {
    fileprivate init(row: Row) {
        let state: State =
            if row["state"] == "givenUp" {
                .givenUp(at: Date(milliseconds: row["settled"]), isKept: row["isBlank"] == 0)
            } else {
                .waiting(until: Date(milliseconds: row["due"]))
            }
        self.init(
            id: row["id"],
            recipient: row["recipient"],
            subject: row["subject"],
            queued: Date(milliseconds: row["queued"]),
            attempts: row["attempts"],
            reason: row["reason"] ?? "",
            state: state
        )
    }
}

extension Date {
    fileprivate init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1_000) }

    fileprivate var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1_000).rounded()) }
}

extension Duration {
    fileprivate var milliseconds: Int64 { Int64((self / .milliseconds(1)).rounded()) }
}
