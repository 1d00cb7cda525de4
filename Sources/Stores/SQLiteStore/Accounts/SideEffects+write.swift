import Civic
import Foundation
import GRDB

extension SideEffects {
    /// Queues the mails and records the events, within the transaction of their cause.
    ///
    /// - Parameter created: the person just created, used where an event names no person.
    func write(_ db: Database, created: PersonID? = nil) throws {
        for event in events {
            try db.execute(
                sql:
                    "INSERT INTO audit_event (time, kind, actor, subject, detail, origin) VALUES (:time, :kind, :actor, :subject, :detail, :origin)",
                arguments: [
                    "time": event.time.stamp, "kind": event.kind.rawValue, "actor": (event.actor ?? created)?.rawValue,
                    "subject": (event.subject ?? created)?.rawValue, "detail": event.detail, "origin": event.origin,
                ]
            )
        }
        try SQLiteOutbox.enqueue(mails, db, at: time)
    }
}
