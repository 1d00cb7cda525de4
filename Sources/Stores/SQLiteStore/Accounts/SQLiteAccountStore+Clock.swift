import Accounts
import Foundation
import GRDB

extension SQLiteAccountStore {
    /// Corrects times that are too far ahead after the clock was set back.
    ///
    /// Otherwise a link, a code or a session made in the meantime would stay valid for as long as the clock was ahead.
    static func bringBack(to now: Date, _ lifetimes: StoredLifetimes, _ db: Database) throws {
        try bringBack(
            "started > :now OR last_used > :now OR proved > :now OR expires > :expires",
            [:],
            to: now,
            until: end(lifetimes.session, from: now),
            db
        )
        for (table, lifetime) in [
            ("registration", lifetimes.registration), ("sign_in_attempt", lifetimes.signInAttempt),
            ("second_factor", lifetimes.secondFactor), ("saved_draft", lifetimes.savedDraft),
        ] {
            try shorten(table, "expires", to: end(lifetime, from: now), db)
        }
        for (purpose, lifetime) in lifetimes.tokens {
            let condition = "purpose = '\(purpose.rawValue)'"
            try shorten("one_time_token", "expires", where: condition, to: end(lifetime, from: now), db)
        }
        for (column, lifetime, condition) in [
            ("expires", lifetimes.emailChange, "without_old_from IS NULL"),
            ("expires", lifetimes.lostMailbox.change, "without_old_from IS NOT NULL"),
            ("without_old_from", lifetimes.lostMailbox.wait, "without_old_from IS NOT NULL"),
        ] {
            try shorten("email_change", column, where: condition, to: end(lifetime, from: now), db)
        }
        try shorten("email_change", "reminded", to: now, db)
        try shorten("saved_draft", "saved", to: now, db)
        try shorten("quota", "ends", to: end(lifetimes.quota, from: now), db)
        try shorten("failure", "last", to: now, db)
        try shorten("former_address", "changed", to: now, db)
    }

    private static func shorten(
        _ table: String,
        _ column: String,
        where condition: String = "TRUE",
        to latest: Date,
        _ db: Database
    ) throws {
        try db.execute(
            sql: "UPDATE \(table) SET \(column) = :latest WHERE \(column) > :latest AND \(condition)",
            arguments: ["latest": latest.stamp]
        )
    }

    private static func end(_ lifetime: Duration, from now: Date) -> Date {
        now.addingTimeInterval(lifetime / .seconds(1))
    }
}
