public import Foundation

/// A mail to be sent once.
public struct OutgoingMail: Sendable, Equatable {
    /// The idempotency key: a second mail with the same key is not queued.
    ///
    /// It outlives the mail, so it must contain neither an address nor a token.
    public let key: String
    /// The address, checked before; it may need SMTPUTF8 (RFC 6531) or have a domain in other letters.
    public let recipient: String
    /// What it says.
    public let message: MailMessage
    /// Its language: `kk`, `ru` or `en`.
    public let language: String
    /// The address to unsubscribe at (RFC 2369, and RFC 8058 when it is https); nil for mails that an account needs.
    public let unsubscribe: String?

    /// Makes a mail.
    public init(key: String, recipient: String, message: MailMessage, language: String, unsubscribe: String? = nil) {
        (self.key, self.recipient, self.message) = (key, recipient, message)
        (self.language, self.unsubscribe) = (language, unsubscribe)
    }
}

/// A mail that was taken from the queue to be sent now.
public struct QueuedMail: Sendable, Equatable {
    /// The number of its row.
    public let id: Int64
    /// The mail.
    public let mail: OutgoingMail
    /// The number of attempts, including this one.
    public let attempts: Int
    /// When it was queued; this becomes the date of the mail.
    public let queued: Date

    /// Makes it from a stored row.
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
    /// The body as a complete HTML document.
    public let html: String

    /// Makes a message.
    public init(subject: String, text: String, html: String) {
        (self.subject, self.text, self.html) = (subject, text, html)
    }
}
