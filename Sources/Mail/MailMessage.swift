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
