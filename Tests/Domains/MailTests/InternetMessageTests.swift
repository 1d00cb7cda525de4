import Civic
import Foundation
import Testing

@testable import Mail

@Suite struct InternetMessageTests {
    /// Wednesday, 25 November 2026, 18:05:37.123 in Greenwich.
    static let moment = Date(timeIntervalSince1970: 1_795_629_937.123)

    static func queued(
        key: String = "activation 7",
        recipient: String = "aida@example.kz",
        subject: String = "Сәлем",
        unsubscribe: String? = nil,
        html: String = "<p>Сәлем</p>"
    ) -> QueuedMail {
        let message = MailMessage(subject: subject, text: "Сәлем\n", html: html)
        let mail = OutgoingMail(
            key: key,
            recipient: recipient,
            message: message,
            language: "kk",
            unsubscribe: unsubscribe
        )
        return QueuedMail(id: 1, mail: mail, attempts: 1, queued: moment)
    }

    private func text(_ queued: QueuedMail, from: String = "Ашық Алматы <no-reply@open.example.kz>") throws -> String {
        String(decoding: try InternetMessage(queued, from: try Mailbox(from)).bytes, as: UTF8.self)
    }

    @Test func header() throws {
        let text = try text(Self.queued())
        for field in [
            "Date: Wed, 25 Nov 2026 18:05:37 +0000\r\n", "To: <aida@example.kz>\r\n", "MIME-Version: 1.0\r\n",
            "Auto-Submitted: auto-generated\r\n", "Content-Language: kk\r\n", " <no-reply@open.example.kz>\r\n",
        ] {
            #expect(text.contains(field), "\(field)")
        }
        #expect(!text.contains("List-Unsubscribe"))
        #expect(
            text.replacingOccurrences(of: "\r\n", with: "").allSatisfy { !$0.isNewline },
            "a line ends without CR LF"
        )
        #expect(text.utf8.allSatisfy { $0 < 0x80 })
    }

    @Test("The same mail has the same bytes at every attempt; another key gives another Message-ID")
    func identity() throws {
        let identifier = #/\r\nMessage-ID: <([0-9a-f]{32})@open\.example\.kz>\r\n/#
        let first = try text(Self.queued())
        #expect(try text(Self.queued()) == first)
        let other = try text(Self.queued(key: "activation 8"))
        #expect(try #require(first.firstMatch(of: identifier)).1 != #require(other.firstMatch(of: identifier)).1)
        #expect(!first.contains("activation 7"))
    }

    @Test("One-click unsubscription is offered when the address is https")
    func unsubscribe() throws {
        let secure = try text(Self.queued(unsubscribe: "https://open.example.kz/off/1?a=b"))
        #expect(secure.contains("List-Unsubscribe:\r\n <https://open.example.kz/off/1?a=b>\r\n"))
        #expect(secure.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"))
        #expect(!(try text(Self.queued(unsubscribe: "http://localhost/off")).contains("List-Unsubscribe-Post")))
    }

    @Test(arguments: [
        "javascript:alert(1)", "https://a/>\u{20}x", "https://a/ә", "mailto:a@b.kz",
        "https://" + String(repeating: "a", count: 900),
    ])
    func badUnsubscribe(address: String) {
        #expect(throws: MailError.malformedUnsubscribe) { try text(Self.queued(unsubscribe: address)) }
    }

    @Test(
        "Anything but exactly one valid recipient is refused",
        arguments: [
            "", "@", "a", "a@", "@b.kz", "a b@c.kz", "a@b.kz,c@d.kz", "a@b.kz>", "<a@b.kz>", "a@[127.0.0.1]",
            "\"a b\"@c.kz", "a@b..kz",
            "a@-b.kz", "a@b.kz ", "a@b/c.kz", "a;b@c.kz", "a\u{200B}b@c.kz", "a@b\u{3002}\u{3002}kz",
            String(repeating: "a", count: 65) + "@b.kz", "a@" + String(repeating: "b", count: 64) + ".kz",
        ]
    )
    func badRecipient(address: String) {
        #expect(throws: MailError.malformedAddress(field: "To")) { try text(Self.queued(recipient: address)) }
    }

    @Test("A line break in a recipient is refused first of all")
    func injectedRecipient() {
        #expect(throws: MailError.unsafeHeader(field: "To")) {
            try text(Self.queued(recipient: "a@b.kz\r\nBcc: c@d.kz"))
        }
        #expect(throws: MailError.unsafeHeader(field: "List-Unsubscribe")) {
            try text(Self.queued(unsubscribe: "https://a/\r\nBcc:c@d.kz"))
        }
    }

    @Test("Internationalised domains are sent in ASCII, local parts unchanged")
    func international() throws {
        let message = try InternetMessage(Self.queued(recipient: "айда@пошта.ҚАЗ"), from: try Mailbox("a@EXAMPLE.kz"))
        #expect(message.recipient.bracketed == "<айда@xn--80a1acn3a.xn--80ao21a>")
        #expect(message.sender.bracketed == "<a@example.kz>")
        #expect(String(decoding: message.bytes, as: UTF8.self).contains("To: <айда@xn--80a1acn3a.xn--80ao21a>\r\n"))
    }

    @Test func withoutHTML() throws {
        let text = try text(Self.queued(html: ""))
        #expect(text.contains("text/plain"))
        #expect(!text.contains("text/html"))
    }

    @Test func mailboxes() throws {
        #expect(try Mailbox("a@b.kz").name == nil)
        #expect(try Mailbox("Open Almaty <a@b.kz>").name == "Open Almaty")
        #expect(try Mailbox("\"Open, Almaty\" <a@b.kz>").name == "Open, Almaty")
        #expect(try Mailbox("<a@b.kz>").name == nil)
        #expect(throws: MailError.malformedAddress(field: "From")) { try Mailbox("Open Almaty") }
        #expect(HeaderText.phrase("a\"b\\c", after: 6) == #""a\"b\\c""#)
    }

    @Test(
        "Host names are written in their ASCII form",
        arguments: [
            ("почта.рф", "xn--80a1acny.xn--p1ai"), ("EXAMPLE.KZ", "example.kz"),
            ("bücher.example", "xn--bcher-kva.example"),
            ("xn--80a1acny.xn--p1ai", "xn--80a1acny.xn--p1ai"), ("localhost", "localhost"), ("a_b.kz", nil),
            ("a b.kz", nil),
            ("a%41.kz", nil), ("", nil), (".", nil), ("a.kz.", nil), ("a/b", nil), ("a@b", nil), ("a:25", nil),
        ] as [(String, String?)]
    )
    func domains(name: String, ascii: String?) { #expect(DomainName.ascii(name) == ascii) }
}
