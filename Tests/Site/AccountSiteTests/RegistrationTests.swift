import Civic
import Configuration
import Foundation
import HTTPTypes
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct RegistrationTests {
    @Test("Registration works from form through mail to account", arguments: ["kk", "ru", "en"])
    func whole(language: String) async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            let form = try await browser.get("/\(language)/register")
            #expect(form.status == 200)
            #expect(!form.html.contains(" checked"), "the agreement must not be ticked")
            let sent = try await browser.post("/\(language)/register", try await portal.registration("a@example.kz"))
            #expect(sent.status == 303)
            #expect(sent.location == "/\(language)/register/sent")
            let mail = try #require(try await portal.mails().first)
            #expect(mail.recipient == "a@example.kz")
            #expect(mail.language == language)
            let path = AccountPortal.path(in: mail)
            // A mail scanner opens the link twice, which changes nothing.
            for _ in 1...2 { #expect(try await portal.browser().get(path).status == 200) }
            #expect(try await browser.get(path).html.contains("value=\"a-almaty\""), "a user name is offered")
            let done = try await browser.post(path, [("username", "aigul"), ("password", AccountPortal.password)])
            #expect(done.location == "/\(language)/account?done=welcome")
            let account = try await browser.get("/\(language)/account?done=welcome")
            #expect(account.html.contains("Айгүл Серікқызы"))
            #expect(try await browser.get(path).status == 410, "the link works once")
        }
    }

    @Test("Only the mail reveals whether an address is known")
    func sameAnswer() async throws {
        try await AccountPortal.test { portal async throws in
            try await portal.register(portal.browser(), "known@example.kz", username: "known")
            var answers: [(Int, String?)] = []
            for email in ["known@example.kz", "new@example.kz"] {
                let browser = portal.browser()
                try await browser.get("/ru/register")
                let answer = try await browser.post("/ru/register", try await portal.registration(email))
                answers.append((answer.status, answer.location))
            }
            #expect(answers[0] == answers[1])
            let mails = try await portal.mails()
            #expect(mails.map(\.recipient) == ["known@example.kz", "new@example.kz"])
            #expect(mails[0].message.subject != mails[1].message.subject)
            #expect(!mails[0].message.text.contains("/activate/"))
        }
    }

    @Test func faultsStandBesideTheirFieldsAndNothingIsLost() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try await browser.get("/ru/register")
            let page = try await browser.post(
                "/ru/register",
                [("name", "Иван <Грозный>"), ("email", "не адрес"), ("altcha", try await portal.solvedCaptcha())]
            )
            #expect(page.status == 422)
            #expect(page.html.contains("id=\"error-summary\""))
            #expect(page.html.contains("href=\"#field-name\""))
            #expect(page.html.contains("Символ «&lt;»"))
            #expect(page.html.contains("value=\"Иван &lt;Грозный&gt;\""))
            #expect(page.html.contains("value=\"не адрес\""))
            #expect(page.html.contains("id=\"field-agree-fault\""))
            #expect(page.html.contains("<title>Ошибка: "))
            #expect(try await portal.mails().isEmpty)
        }
    }

    @Test(
        "Names of 10 or 40 kB and line breaks in names or addresses are refused with a reason, and nothing is sent",
        arguments: [
            ("Я" + String(repeating: "a", count: 10_240), "a@example.kz"),
            ("Я" + String(repeating: "a", count: 40_960), "a@example.kz"),
            ("Иван\r\nBcc: b@example.kz", "a@example.kz"),
            ("Иван", "a@example.kz\r\nBcc: b@example.kz"), ("Иван", "a@example.kz, b@example.kz"),
            ("Иван", "\"a b\"@example.kz"), ("Иван", "a@[127.0.0.1]"), ("Иван", "<a@example.kz>"),
        ]
    )
    func hostile(name: String, email: String) async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try await browser.get("/ru/register")
            let page = try await browser.post("/ru/register", try await portal.registration(email, name: name))
            #expect(page.status == 422)
            #expect(try await portal.mails().isEmpty)
        }
    }

    @Test(
        "Addresses in other scripts and foreign names are accepted",
        arguments: [
            ("O'Нил-Ñandú Jr.", "name@почта.қаз"), ("محمد", "иван@example.kz"), ("Ңұрғиса Ә.", "a.b+c@sub.example.kz"),
        ]
    )
    func unusual(name: String, email: String) async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try await browser.get("/kk/register")
            let page = try await browser.post("/kk/register", try await portal.registration(email, name: name))
            #expect(page.status == 303)
            #expect(try await portal.mails().count == 1)
        }
    }

    @Test("A mail to an unverified address repeats nothing that the registrant typed")
    func noMessageToStrangers() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try await browser.get("/ru/register")
            try await browser.post(
                "/ru/register",
                try await portal.registration("v@example.kz", name: "Buy. at. spam.kz")
            )
            let mail = try #require(try await portal.mails().first)
            #expect(!(mail.message.text + mail.message.html + mail.message.subject).contains("spam.kz"))
        }
    }

    @Test func withoutTheTokenOfTheFormNothingHappensAndNothingIsLost() async throws {
        try await AccountPortal.test { portal async throws in
            let other = portal.browser()
            try await other.get("/ru/register")
            let stolen = try #require(try await other.get("/ru/register").hidden("csrf"))
            for token in ["", "AAAA", stolen] {
                let browser = portal.browser()
                try await browser.get("/ru/register")
                let page = try await browser.post(
                    "/ru/register",
                    try await portal.registration("a@example.kz"),
                    token: token
                )
                #expect(page.status == 403)
                #expect(page.html.contains("value=\"a@example.kz\""))
                #expect(page.html.contains("Страница устарела"))
                // The returned page has a valid token.
                let again = try await browser.post("/ru/register", try await portal.registration("a@example.kz"))
                #expect(again.status == 303)
            }
        }
    }

    @Test func theCaptchaIsNeededAndGoodForOneForm() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try await browser.get("/ru/register")
            var fields = try await portal.registration("a@example.kz")
            let missing = try await browser.post("/ru/register", fields.dropLast())
            #expect(missing.status == 422)
            #expect(missing.html.contains("Отметьте «Я не робот»"))
            #expect(try await browser.post("/ru/register", fields).status == 303)
            fields[1] = ("email", "b@example.kz")
            let replayed = try await browser.post("/ru/register", fields)
            #expect(replayed.status == 422)
            #expect(replayed.html.contains("уже использована"))
            #expect(try await portal.mails().count == 1)
        }
    }

    @Test("Without JavaScript a mailed code replaces the captcha, once and only for its address")
    func mailedCode() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try await browser.get("/kk/register")
            let form = [("name", "Айгүл"), ("email", "a@example.kz"), ("agree", "1")]
            let asked = try await browser.post("/kk/register", form + [("send_code", "1")])
            #expect(asked.status == 200)
            #expect(asked.html.contains("value=\"Айгүл\""))
            let ticket = try #require(asked.hidden("code_ticket"))
            let mail = try #require(try await portal.mails().first)
            let code = try #require(mail.message.text.firstMatch(of: /\b\d{6}\b/).map { String($0.0) })
            let wrong = try await browser.post(
                "/kk/register",
                form + [("code_ticket", ticket), ("mailed_code", code == "000000" ? "000001" : "000000")]
            )
            #expect(wrong.status == 422)
            let right = [("code_ticket", ticket), ("mailed_code", code)]
            let other = [("name", "Айгүл"), ("email", "b@example.kz"), ("agree", "1")]
            #expect(try await browser.post("/kk/register", other + right).status == 422)
            #expect(try await browser.post("/kk/register", form + right).status == 303)
            #expect(try await browser.post("/kk/register", form + right).status == 422)
            #expect(try await portal.mails().count == 1)
        }
    }

    @Test("Submitting a form twice creates one account")
    func doubleSubmit() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try await browser.get("/ru/register")
            for _ in 1...2 {
                let page = try await browser.post("/ru/register", try await portal.registration("a@example.kz"))
                #expect(page.status == 303)
            }
            let paths = try await portal.mails().map { AccountPortal.path(in: $0) }
            let last = try #require(paths.last)
            try await browser.get(last)
            let fields = [("username", "aigul"), ("password", AccountPortal.password)]
            #expect(try await browser.post(last, fields).status == 303)
            #expect(try await browser.post(last, fields).status == 410)
            for path in paths { #expect(try await portal.browser().get(path).status == 410) }
        }
    }

    @Test("Many registrations from one address are blocked for a while")
    func limit() async throws {
        let few = ["limit.registrations": ConfigValue(.int(3), isSecret: false)] as [AbsoluteConfigKey: ConfigValue]
        try await AccountPortal.test(few) { portal async throws in
            let browser = portal.browser()
            try await browser.get("/ru/register")
            for number in 1...3 {
                let fields = try await portal.registration("a\(number)@example.kz")
                #expect(try await browser.post("/ru/register", fields).status == 303)
            }
            let held = try await browser.post("/ru/register", try await portal.registration("a4@example.kz"))
            #expect(held.status == 429)
            #expect(Int(held.headers[.retryAfter] ?? "") ?? 0 > 0)
            #expect(held.html.contains("value=\"a4@example.kz\""))
            #expect(try await portal.mails().count == 3)
        }
    }

    @Test func aWeakPasswordIsRefusedWithItsReasonAndNotShownAgain() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try await browser.get("/ru/register")
            try await browser.post("/ru/register", try await portal.registration("a@example.kz"))
            let path = AccountPortal.path(in: try await portal.mails().first)
            try await browser.get(path)
            for (password, reason) in [
                ("qwe", "не меньше 10"), ("password123", "встречается часто"), ("", "Введите пароль"),
            ] {
                let page = try await browser.post(path, [("username", "a.kz"), ("password", password)])
                #expect(page.status == 422)
                #expect(page.html.contains(reason), "\(password)")
                #expect(page.html.contains("value=\"a.kz\""))
                if !password.isEmpty { #expect(!page.html.contains("value=\"\(password)\"")) }
            }
        }
    }
}
