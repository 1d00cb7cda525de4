import Accounts
import Civic
import Foundation
import GRDB

/// An event as stored in the audit record.
struct AuditEventRow: TableRow {
    static let table = "audit_event"

    let id: Int64
    let time: Date
    let kind: String
    let actor: PersonID?
    let subject: PersonID?
    let detail: String?
    let origin: Data?

    /// The event.
    ///
    /// - Throws: `StoreError.malformedRecord`.
    var event: RecordedEvent {
        get throws {
            RecordedEvent(
                id: id,
                event: AuditEvent(
                    try Self.required("kind", id, AuditKind(rawValue: kind)),
                    actor: actor,
                    subject: subject,
                    detail: detail,
                    origin: origin,
                    time: time
                )
            )
        }
    }
}
