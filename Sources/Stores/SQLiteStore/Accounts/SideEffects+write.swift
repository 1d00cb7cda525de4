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
                sql: "INSERT INTO auditEvent (time, kind, actor, subject, detail, origin) VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [
                    event.time.stamp, event.kind.rawValue, (event.actor ?? created)?.rawValue,
                    (event.subject ?? created)?.rawValue, event.detail, event.origin,
                ]
            )
        }
        try SpatiaLiteOutbox.enqueue(mails, db, at: time)
    }
}
