public import Foundation

/// How mails are delivered.
public enum MailTransport: Sendable {
    /// As files in a folder, where no mail server is set up.
    case folder(URL)
    /// To a mail server.
    case smtp(SMTPServer)
}

/// The result of an attempt to send a mail; the reasons contain no personal data.
public enum Delivery: Sendable, Equatable {
    /// The server accepted it.
    case sent
    /// It may succeed on another try.
    case later(reason: String)
    /// It can never succeed.
    case never(reason: String)
}
