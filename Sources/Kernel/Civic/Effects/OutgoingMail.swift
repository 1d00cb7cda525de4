public import Foundation

/// A mail to be sent once.
public struct OutgoingMail: Sendable, Equatable {
    /// What makes it this mail: a second one with the same key is not queued.
    ///
    /// It outlives the mail, so it must hold neither an address nor a token.
    public let key: String
    /// The address, checked before; it may need SMTPUTF8 (RFC 6531) or have a domain in other letters.
    public let recipient: String
    /// What it says.
    public let message: MailMessage
    /// The language it says it in: `kk`, `ru` or `en`.
    public let language: String
    /// Where a click ends such mails (RFC 2369, and RFC 8058 when it is https); nil for mails that an account needs.
    public let unsubscribe: String?

    /// Takes the parts of a mail.
    public init(key: String, recipient: String, message: MailMessage, language: String, unsubscribe: String? = nil) {
        (self.key, self.recipient, self.message) = (key, recipient, message)
        (self.language, self.unsubscribe) = (language, unsubscribe)
    }
}

/// A mail that was taken out of the table to be sent now.
public struct QueuedMail: Sendable, Equatable {
    /// The number of its row.
    public let id: Int64
    /// The mail.
    public let mail: OutgoingMail
    /// How often sending it was begun, this time included.
    public let attempts: Int
    /// When it was queued; this is the date that the mail bears.
    public let queued: Date

    /// Takes what the table holds.
    public init(id: Int64, mail: OutgoingMail, attempts: Int, queued: Date) {
        (self.id, self.mail, self.attempts, self.queued) = (id, mail, attempts, queued)
    }
}

/// What a mail says, in the reader's language.
public struct MailMessage: Sendable, Equatable {
    /// The subject, one line.
    public let subject: String
    /// The body as plain text.
    public let text: String
    /// The same as a whole HTML document.
    public let html: String

    /// Takes what the mail says.
    public init(subject: String, text: String, html: String) {
        (self.subject, self.text, self.html) = (subject, text, html)
    }
}
