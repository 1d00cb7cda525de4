import Testing

@testable import Mail

@Suite struct SMTPAnswerTests {
    private func delivery(_ code: Int32, _ response: Int, _ reply: String = "", read: Int = 0) -> Delivery {
        SMTPAnswer(code: code, response: response, reply: reply, read: read, size: 500).delivery
    }

    @Test func taken() { #expect(delivery(0, 250, "250 OK", read: 500) == .sent) }

    @Test("A refused recipient is final, and the reason omits the server's text, which contains the address")
    func refused() {
        #expect(
            delivery(55, 550, "550 5.1.1 <aida@example.kz>: unknown") == .never(reason: "the server answered 550 5.1.1")
        )
        #expect(delivery(55, 550, "550 no aida@example.kz here") == .never(reason: "the server answered 550"))
        #expect(delivery(8, 554, "554 5.7.1 spam", read: 500) == .never(reason: "the server answered 554 5.7.1"))
    }

    @Test("A 4xx reply means trying again later")
    func deferred() {
        #expect(delivery(55, 451, "451 4.7.1 greylisted") == .later(reason: "the server answered 451 4.7.1"))
        #expect(delivery(55, 452, "452 1.2.3.4 full") == .later(reason: "the server answered 452"))
    }

    @Test(
        "Problems with our account or the connection lose no mail",
        arguments: [(67, 535), (55, 530), (8, 554), (64, 500)]
    )
    func ours(code: Int32, response: Int) {
        #expect(delivery(code, response) == .later(reason: "the server answered \(response)"))
    }

    @Test("If the connection broke after the last byte, the result says that the mail may have arrived")
    func uncertain() throws {
        guard case .later(let early) = delivery(28, 354, read: 400),
            case .later(let late) = delivery(28, 354, read: 500)
        else {
            Issue.record("not for later")
            return
        }
        #expect(late == early + ", after the whole message was sent: it may have arrived")
    }

    @Test("Printing a server never shows its password")
    func secrets() {
        let server = SMTPServer(
            host: "mail.example.kz",
            port: 587,
            security: .startTLS,
            username: "ivan",
            password: "geheim"
        )
        let transport = MailTransport.smtp(server)
        var dumped = ""
        dump(transport, to: &dumped)
        for text in ["\(server)", String(reflecting: server), "\(transport)", String(reflecting: transport), dumped] {
            #expect(!text.contains("geheim") && !text.contains("ivan"), "\(text)")
        }
    }
}
