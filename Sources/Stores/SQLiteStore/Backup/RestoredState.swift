import Accounts
import Civic
import Foundation
import GRDB

/// Invalidates the sessions, links and codes of a restored database that must not work again.
///
/// A session that was ended since the backup, after a theft for instance, would be valid again; so would links and codes
/// that were used. A mail that was waiting then has probably been sent.
struct RestoredState {
    /// How many sessions were ended.
    let sessionsEnded: Int
    /// How many waiting mails were given up.
    let mailsGivenUp: Int

    /// Changes a database and records that it was restored.
    ///
    /// - Parameter begun: when the backup was begun.
    /// - Throws: what SQLite throws.
    init(ending db: Database, begun: Date, now: Date) throws {
        try db.execute(sql: "DELETE FROM session")
        sessionsEnded = db.changesCount
        for table in ["one_time_token", "sign_in_attempt", "email_change"] {
            try db.execute(sql: "DELETE FROM \(table)")
        }
        let backup = begun.formatted(.iso8601)
        try db.execute(
            sql: "UPDATE outbox_mail SET state = 'given_up', settled = :now, reason = :reason WHERE state = 'waiting'",
            arguments: ["now": now.stamp, "reason": "waiting in the backup of \(backup); it may have been sent since"]
        )
        mailsGivenUp = db.changesCount
        let event = AuditEvent(.backupRestored, detail: backup, time: now)
        try SideEffects(at: now, events: [event]).write(db)
    }
}
