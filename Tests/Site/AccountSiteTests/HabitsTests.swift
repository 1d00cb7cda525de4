import Civic
import Foundation
import HTTPTypes
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

/// What browsers and people expect: password forms name the account, forms outlive sessions, pages say where a mail was sent.
@Suite struct HabitsTests {
    @Test("Each form with a password names its account for password managers")
    func passwordManagers() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try await browser.get("/ru/register")
            try await browser.post("/ru/register", try await portal.registration("a@example.kz"))
            let activation = try await browser.get(AccountPortal.path(in: try await portal.mails().last))
            #expect(Self.names(activation) == [nil], "the name is typed there")
            try await portal.register(browser, "b@example.kz", username: "Aigul")
            for path in ["password", "email", "delete", "data", "second-factor", "iin", "identities"] {
                let page = try await browser.get("/ru/account/\(path)")
                #expect(page.status == 200, "\(path)")
                let needsName = page.html.contains("type=\"password\"")
                #expect(Self.names(page) == (needsName ? ["Aigul"] : []), "\(path)")
                if ["password", "email", "delete", "data"].contains(path) { #expect(needsName, "\(path)") }
            }
            let other = portal.browser()
            #expect(Self.names(try await other.get("/ru/login")) == [nil])
            try await other.get("/ru/password/forgot")
            try await other.post(
                "/ru/password/forgot",
                [("login", "aigul"), ("altcha", try await portal.solvedCaptcha())]
            )
            let path = AccountPortal.path(in: try await portal.mails().last)
            #expect(Self.names(try await other.get(path)) == ["Aigul"])
            #expect(Self.names(try await other.post(path, [("password", "short")])) == ["Aigul"])
        }
    }

    /// The values of the fields that name an account; nil for a visible field.
    private static func names(_ page: TestPage) -> [String?] {
        page.html.matches(of: /<input[^>]*autocomplete="username"[^>]*>/).map { match in
            let field = String(match.0)
            guard field.contains(" hidden") else { return nil }
            return field.firstMatch(of: /value="([^"]*)"/).map { String($0.1) }
        }
    }

    @Test(
        "An invisible character is named by its code point",
        arguments: ["\u{3164}", "\u{200B}", "\u{202E}", "\u{E0041}"]
    )
    func invisibleCharacters(character: String) async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try await browser.get("/ru/register")
            let name = "\(character)Айгүл\(character)"
            let page = try await browser.post(
                "/ru/register",
                try await portal.registration("a@example.kz", name: name)
            )
            let number = try #require(character.unicodeScalars.first?.value)
            #expect(page.status == 422)
            #expect(page.html.contains("U+" + String(number, radix: 16, uppercase: true)))
            #expect(try await portal.mails().isEmpty)
        }
    }

    @Test(
        "A rejected character that would not be recognised in the message is named in words",
        arguments: [
            (Language.ru, "ай гүл", "«пробел»"), (.kk, "ай гүл", "«бос орын»"), (.en, "ай гүл", "contain a space"),
            (.ru, "ай—гүл", "«тире»"), (.ru, "ай\u{A0}гүл", "«пробел»"), (.ru, "ай,гүл", "«запятая»"),
            (.en, "ай!гүл", "“!”"),
            (.en, "ай\"гүл", "a quotation mark"), (.kk, "ай\tгүл", "«табуляция»"),
            (.en, "ай\u{2800}гүл", "the invisible character U+2800"),
            (.ru, "г\u{327}үл", "U+0327 (диакритический знак)"), (.kk, "ай`гүл", "«`»"),
        ]
    )
    func namedCharacters(language: Language, name: String, shown: String) async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try await portal.register(browser, "a@example.kz", username: "aigul")
            try await browser.get("/\(language)/account/username")
            let page = try await browser.post("/\(language)/account/username", [("username", name)])
            #expect(page.status == 422)
            let told = page.html.replacing("&quot;", with: "\"")
            #expect(told.contains(shown), "\(name)")
            #expect(shown.contains("U+") || !told.contains("U+"))
        }
    }

    @Test("Typed fields survive an ended session, except passwords and codes")
    func draft() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try await portal.register(browser, "a@example.kz", username: "aigul")
            try await browser.get("/ru/account/email")
            try await Self.endSessions(of: browser, portal)
            let refused = try await browser.post(
                "/ru/account/email",
                [("email", "new@example.kz"), ("current", "тау шыңындағы қар")]
            )
            #expect(refused.location == "/ru/login?to=%2Fru%2Faccount%2Femail&needed=1&kept=1")
            let cookie = try #require(browser.setCookies.first { $0.hasPrefix("oa_draft=") })
            #expect(cookie.contains("HttpOnly") && cookie.contains("Max-Age=1800"))
            let login = try await browser.get(refused.location ?? "")
            #expect(login.html.contains("Введённые данные сохранены на 30 минут"))
            let signedIn = try await browser.post(
                "/ru/login",
                [("login", "aigul"), ("password", AccountPortal.password), ("to", login.hidden("to") ?? "")]
            )
            #expect(signedIn.location == "/ru/account/email")
            let form = try await browser.get("/ru/account/email")
            #expect(form.html.contains("value=\"new@example.kz\""))
            #expect(form.html.contains("Введённые данные восстановлены"))
            #expect(!form.html.contains("қар"))
            #expect(browser.cookies["oa_draft"] == nil)
            // It is restored once, and nothing was submitted by restoring it.
            #expect(!(try await browser.get("/ru/account/email").html.contains("new@example.kz")))
            #expect(try await portal.mails().allSatisfy { $0.recipient != "new@example.kz" })
        }
    }

    @Test("Check boxes and choices are restored as they were left")
    func boxes() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try await portal.register(browser, "a@example.kz", username: "aigul")
            let before = try await browser.get("/ru/account/notifications")
            #expect(before.html.firstMatch(of: /name="appeals"[^>]*checked/) != nil)
            try await Self.endSessions(of: browser, portal)
            try await browser.post("/ru/account/notifications", [("news", "1")])
            try await browser.get("/ru/login")
            try await browser.post("/ru/login", [("login", "aigul"), ("password", AccountPortal.password)])
            let after = try await browser.get("/ru/account/notifications")
            #expect(after.html.firstMatch(of: /name="appeals"[^>]*checked/) == nil)
            #expect(after.html.firstMatch(of: /name="news"[^>]*checked/) != nil)
        }
    }

    @Test("A form that the browser did not get in its session is not kept")
    func foreignForms() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try await portal.register(browser, "a@example.kz", username: "aigul")
            try await browser.get("/ru/account/name")
            try await Self.endSessions(of: browser, portal)
            let fields = [("name", "Чужое Имя")]
            let foreign = try await browser.post("/ru/account/name", fields, token: "AAAA")
            #expect(foreign.location == "/ru/login?to=%2Fru%2Faccount%2Fname&needed=1")
            #expect(browser.cookies["oa_draft"] == nil)
            let stranger = portal.browser()
            try await stranger.get("/ru/login")
            #expect(try await stranger.post("/ru/account/name", fields).location?.contains("kept") == false)
            #expect(stranger.cookies["oa_draft"] == nil)
        }
    }

    /// Ends the sessions of a browser's owner from elsewhere, by setting a new password.
    private static func endSessions(of browser: TestBrowser, _ portal: AccountPortal) async throws {
        let other = portal.browser()
        try await portal.signIn(other, "aigul")
        try await other.get("/ru/account/sessions")
        #expect(try await other.post("/ru/account/sessions", []).status == 303)
    }

    @Test("The page after a mail names what was typed, only to this browser and not in its URL")
    func typed() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try await browser.get("/ru/register")
            let sent = try await browser.post("/ru/register", try await portal.registration("aigul@example.kz"))
            #expect(sent.location == "/ru/register/sent")
            #expect(try await browser.get("/ru/register/sent").html.contains("Вы указали: aigul@example.kz"))
            #expect(browser.cookies.values.allSatisfy { !$0.contains("example") })
            #expect(browser.cookies["oa_typed"] == nil, "the browser forgets it once it was shown")
            #expect(!(try await portal.browser().get("/ru/register/sent").html.contains("Вы указали")))
            try await browser.get("/ru/password/forgot")
            try await browser.post(
                "/ru/password/forgot",
                [("login", "<b>aigul"), ("altcha", try await portal.solvedCaptcha())]
            )
            #expect(try await browser.get("/ru/password/forgot/sent").html.contains("Вы указали: &lt;b&gt;aigul"))
            browser.plant("oa_typed", "AAAA")
            #expect(!(try await browser.get("/ru/password/forgot/sent").html.contains("Вы указали")))
        }
    }

    @Test("For a user name the captcha code goes to the account's address")
    func codeForUserName() async throws {
        try await AccountPortal.test { portal async throws in
            try await portal.register(portal.browser(), "a@example.kz", username: "aigul")
            for login in ["aigul", "nobody"] {
                let browser = portal.browser()
                try await browser.get("/ru/login")
                let page = try await browser.post("/ru/login", [("login", login), ("send_code", "1")])
                #expect(page.status == 200 && page.html.contains("Код отправлен"), "\(login)")
                #expect(page.html.contains("Введите пароль ещё раз"), "the password that was typed is not in the page")
                let mails = try await portal.mails()
                #expect(mails.map(\.recipient) == (login == "aigul" ? ["a@example.kz"] : []))
                guard let mail = mails.last else { continue }
                let code = try #require(mail.message.text.firstMatch(of: /\d{6}/).map { String($0.0) })
                let done = try await browser.post(
                    "/ru/login",
                    [
                        ("login", login), ("password", AccountPortal.password), ("mailed_code", code),
                        ("code_ticket", page.hidden("code_ticket") ?? ""),
                    ]
                )
                #expect(done.location == "/ru/account")
                // Discard the notice about a new device.
                _ = try await portal.mails()
            }
        }
    }

    @Test("The page offers a way out when the old mailbox is lost, and the old address can cancel it")
    func lostMailbox() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try await portal.register(browser, "a@example.kz", username: "aigul")
            #expect(try await browser.get("/ru/account/email/lost").location == "/ru/account/email")
            try await browser.get("/ru/account/email")
            try await browser.post(
                "/ru/account/email",
                [("email", "new@example.kz"), ("current", AccountPortal.password)]
            )
            let waiting = try await browser.get("/ru/account/email?done=lost").html
            #expect(waiting.contains("href=\"/ru/account/email/lost\"") && waiting.contains("из обоих писем"))
            #expect(!waiting.contains("Готово"), "nothing was done yet, whatever the address says")
            _ = try await portal.mails()
            #expect(try await browser.get("/ru/account/email/lost").html.contains("через 7 дней"))
            #expect(try await browser.post("/ru/account/email/lost", [("current", "wrong one")]).status == 422)
            let done = try await browser.post("/ru/account/email/lost", [("current", AccountPortal.password)])
            #expect(done.location == "/ru/account/email?done=lost")
            #expect(try await browser.get(done.location ?? "").html.contains("Готово: подтверждение с прежнего адреса"))
            let pending = try await browser.get("/ru/account/email")
            #expect(pending.html.contains("Подтверждение с прежнего адреса не нужно"))
            #expect(!pending.html.contains("нужны обе") && !pending.html.contains("Готово"))
            #expect(!pending.html.contains("/ru/account/email/lost"))
            let mails = try await portal.mails()
            #expect(mails.map(\.recipient) == ["a@example.kz"])
            let path = AccountPortal.path(in: mails.last)
            let stranger = portal.browser()
            let page = try await stranger.get(path)
            #expect(page.status == 200 && page.html.contains("n•••@example.kz") && !page.html.contains("new@example"))
            #expect(try await stranger.post(path, [], token: "AAAA").status == 403)
            #expect(try await stranger.post(path, []).status == 200)
            #expect(try await stranger.get(path).status == 410)
            #expect(!(try await browser.get("/ru/account/email").html.contains("new@example.kz")))
        }
    }
}
