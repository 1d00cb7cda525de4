import Civic
import Foundation

/// A mail as it is transmitted: header and body (RFC 5322), two versions of the text (RFC 2046), and its envelope.
struct InternetMessage: Sendable {
    /// The sender in the envelope.
    let sender: MailAddress
    /// The recipient.
    let recipient: MailAddress
    /// Header and body with CR LF line ends; ASCII, except for addresses that need SMTPUTF8 (RFC 6532).
    let bytes: Data

    /// Writes a mail; equal mails give equal bytes.
    ///
    /// - Throws: `MailError` when a part of it is not allowed in a header.
    init(_ queued: QueuedMail, from: Mailbox) throws(MailError) {
        let mail = queued.mail
        sender = from.address
        recipient = try MailAddress(mail.recipient, field: "To")
        let digest = MailKey.digest(mail.key)
        // Neither encoding of the bodies can yield "=_".
        let boundary = "=_\(digest)"
        var text = "Date: \(MailDate.text(queued.queued))\r\n"
        text += Self.from(from)
        text += "To: \(recipient.bracketed)\r\n"
        text += "Message-ID: <\(digest)@\(sender.domain)>\r\n"
        text += try HeaderText.field("Subject", mail.message.subject)
        text += "MIME-Version: 1.0\r\n"
        // RFC 3834: asks for no automatic replies.
        text += "Auto-Submitted: auto-generated\r\n"
        text += try HeaderText.field("Content-Language", mail.language)
        if let address = mail.unsubscribe { text += try Self.unsubscribe(address) }
        text += "Content-Type: multipart/alternative;\r\n boundary=\"\(boundary)\"\r\n\r\n"
        text += Self.part("plain", mail.message.text, boundary)
        // The preferred version comes last (RFC 2046 §5.1.4).
        if !mail.message.html.isEmpty { text += Self.part("html", mail.message.html, boundary) }
        text += "--\(boundary)--\r\n"
        bytes = Data(text.utf8)
    }

    private static func from(_ mailbox: Mailbox) -> String {
        guard let name = mailbox.name else { return "From: \(mailbox.address.bracketed)\r\n" }
        return "From: \(HeaderText.phrase(name, after: 6))\r\n \(mailbox.address.bracketed)\r\n"
    }

    /// The address to unsubscribe at, with one click where it is https, as RFC 8058 requires.
    private static func unsubscribe(_ address: String) throws(MailError) -> String {
        try HeaderText.check(address, field: "List-Unsubscribe")
        let isClean =
            address.utf8.count <= 900
            && address.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x3C && $0 != 0x3E }
        guard isClean, address.hasPrefix("https://") || address.hasPrefix("http://") else {
            throw .malformedUnsubscribe
        }
        let field = "List-Unsubscribe:\r\n <\(address)>\r\n"
        return address.hasPrefix("https://") ? field + "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" : field
    }

    private static func part(_ kind: String, _ text: String, _ boundary: String) -> String {
        let body = BodyText(text)
        return "--\(boundary)\r\nContent-Type: text/\(kind); charset=utf-8\r\n"
            + "Content-Transfer-Encoding: \(body.encoding)\r\n\r\n\(body.lines)\r\n"
    }
}
