import Civic
import Foundation
import GRDB
import Mail

/// A mail as it is taken from the table to be sent.
struct QueuedMailRow: TableRow {
    static let table = "outbox_mail"

    let id: Int64
    let key: String
    let recipient: String
    let language: String
    let subject: String
    let text: String
    let html: String
    let unsubscribe: String?
    let attempts: Int
    let queued: Date

    var mail: QueuedMail {
        QueuedMail(
            id: id,
            mail: OutgoingMail(
                key: key,
                recipient: recipient,
                message: MailMessage(subject: subject, text: text, html: html),
                language: language,
                unsubscribe: unsubscribe
            ),
            attempts: attempts,
            queued: queued
        )
    }
}

/// A mail that could not be sent at once, as the table knows it.
struct UndeliveredMailRow: TableRow {
    static let table = "outbox_mail"

    let id: Int64
    let recipient: String
    let subject: String
    let queued: Date
    let attempts: Int
    let reason: String?
    let state: String
    let due: Date
    let settled: Date?
    let isBlank: Bool

    var mail: UndeliveredMail {
        // A mail that was given up has the time at which that happened.
        let state: UndeliveredMail.State =
            if state == "given_up", let settled {
                .givenUp(at: settled, isKept: !isBlank)
            } else {
                .waiting(until: due)
            }
        return UndeliveredMail(
            id: id,
            recipient: recipient,
            subject: subject,
            queued: queued,
            attempts: attempts,
            reason: reason ?? "",
            state: state
        )
    }
}
