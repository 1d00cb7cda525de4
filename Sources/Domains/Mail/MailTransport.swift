public import Foundation

/// How mails leave.
public enum MailTransport: Sendable {
    /// As files in a folder, where no mail server is set up.
    case folder(URL)
    /// Through a mail server.
    case smtp(SMTPServer)
}

/// What became of an attempt to send a mail; the reasons hold no personal data.
public enum Delivery: Sendable, Equatable {
    /// The server took it.
    case sent
    /// It may go out at another try.
    case later(reason: String)
    /// It will not go out, however often it is tried.
    case never(reason: String)
}
