import Civic
import Foundation
import HTTPTypes
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct AccountPagesTests {
    // A made-up number with a valid check digit.
    private static let iinNumber = "791028302728"
    private static let parts = Link.AccountPart.allCases.map(\.rawValue)

    @Test("Every page exists in every language, is not cached, and has no unfilled placeholder")
    func everyPage() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try await portal.register(browser, "a@example.kz", username: "aigul")
            for language in ["kk", "ru", "en"] {
                let strings = try Strings(
                    try #require(.init(rawValue: language)),
                    folders: try TestPortal.resources("Locale")
                )
                for path in ["/account", "/logout"] + Self.parts.map({ "/account/\($0)" }) {
                    let page = try await browser.get("/\(language)\(path)")
                    #expect(page.status == 200, "\(path)")
                    #expect(page.headers[.cacheControl] == "no-store", "\(path)")
                    #expect(page.html.components(separatedBy: "<h1").count == 2, "\(path)")
                    #expect(!page.html.contains("{{") && !page.html.contains("Optional("), "\(path)")
                    for key in strings.keys where page.html.contains(">\(key)<") { Issue.record("\(key) in \(path)") }
                }
            }
        }
    }

    @Test func whatAPersonCorrectsIsKept() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try await portal.register(browser, "a@example.kz", username: "aigul")
            for (part, field, value) in [
                ("name", "name", "Айгүл Нұрланқызы"), ("username", "username", "aigul.kz"),
                ("phone", "phone", "8 701 234-56-78"), ("language", "language", "en"),
            ] {
                try await browser.get("/ru/account/\(part)")
                let page = try await browser.post("/ru/account/\(part)", [(field, value)])
                #expect(page.location == "/ru/account?done=\(part)", "\(part)")
            }
            let html = try await browser.get("/ru/account?done=name").html
            for text in [
                "Айгүл Нұрланқызы", "aigul.kz", "+77012345678", "English", "Фамилия, имя, отчество сохранены.",
            ] {
                #expect(html.contains(text), "\(text)")
            }
            try await browser.get("/ru/account/phone")
            #expect(try await browser.post("/ru/account/phone", [("phone", "12")]).status == 422)
            try await browser.post("/ru/account/phone", [("phone", "")])
            #expect(!(try await browser.get("/ru/account").html.contains("+7701")))
        }
    }

    @Test("The IIN is shown masked, and its check digit is verified")
    func iin() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try await portal.register(browser, "a@example.kz", username: "aigul")
            try await browser.get("/ru/account/iin")
            #expect(try await browser.post("/ru/account/iin", [("iin", "123456789012")]).status == 422)
            let kept = try await browser.post("/ru/account/iin", [("iin", Self.iinNumber)])
            #expect(kept.location == "/ru/account?done=iin")
            let html = try await browser.get("/ru/account").html
            #expect(!html.contains(Self.iinNumber))
            #expect(html.contains("••••••••" + Self.iinNumber.suffix(4)))
        }
    }

    @Test("A new address becomes valid once both addresses have confirmed it")
    func emailChange() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try await portal.register(browser, "old@example.kz", username: "aigul")
            try await browser.get("/ru/account/email")
            let wrong = try await browser.post(
                "/ru/account/email",
                [("email", "new@example.kz"), ("current", "not it at all")]
            )
            #expect(wrong.status == 422)
            let asked = try await browser.post(
                "/ru/account/email",
                [("email", "new@example.kz"), ("current", AccountPortal.password)]
            )
            #expect(asked.location == "/ru/account?done=email")
            let mails = try await portal.mails()
            let old = try #require(mails.first { $0.recipient == "old@example.kz" })
            let new = try #require(mails.first { $0.recipient == "new@example.kz" })
            #expect(!old.message.text.contains("new@example.kz"), "the new address is masked")
            let stranger = portal.browser()
            let path = AccountPortal.path(in: new)
            try await stranger.get(path)
            #expect(try await browser.get("/ru/account").html.contains("old@example.kz"))
            try await stranger.post(path, [])
            #expect(try await browser.get("/ru/account").html.contains("old@example.kz"), "one is not enough")
            try await browser.get(AccountPortal.path(in: old))
            try await browser.post(AccountPortal.path(in: old), [])
            let html = try await browser.get("/ru/account").html
            #expect(html.contains("new@example.kz") && !html.contains("old@example.kz"))
            #expect(try await stranger.get(path).status == 410)
        }
    }

    @Test func aNewPasswordEndsOtherSessionsAndChangesThisOne() async throws {
        try await AccountPortal.test { portal async throws in
            let (first, second) = (portal.browser(), portal.browser())
            try await portal.register(first, "a@example.kz", username: "aigul")
            try await portal.signIn(second, "aigul")
            let before = second.cookies["oa_session"]
            try await second.get("/ru/account/password")
            let page = try await second.post(
                "/ru/account/password",
                [("current", AccountPortal.password), ("password", "мүлде басқа құпиясөз 1")]
            )
            #expect(page.location == "/ru/account?done=password")
            #expect(second.cookies["oa_session"] != before)
            #expect(try await second.get("/ru/account").status == 200)
            #expect(try await first.get("/ru/account").status == 303)
        }
    }

    @Test("Sessions are listed with their devices and can be ended one by one or all at once")
    func sessions() async throws {
        try await AccountPortal.test { portal async throws in
            let firefox = portal.browser([
                .userAgent: "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
            ])
            try await portal.register(firefox, "a@example.kz", username: "aigul")
            let others = [portal.browser(), portal.browser()]
            for other in others { try await portal.signIn(other, "aigul") }
            let list = try await firefox.get("/ru/account/sessions")
            #expect(list.html.contains("Firefox, Windows"))
            #expect(list.html.contains("это устройство"))
            let session = try #require(list.hidden("session"))
            let one = try await firefox.post("/ru/account/sessions", [("session", session)])
            #expect(try await firefox.get(one.location ?? "").html.contains("Завершён 1 сеанс."))
            let alive = try await others.asyncMap { try await $0.get("/ru/account").status }
            #expect(alive.sorted() == [200, 303])
            try await firefox.get("/ru/account/sessions")
            for other in others where try await other.get("/ru/account").status == 303 {
                try await portal.signIn(other, "aigul")
            }
            let all = try await firefox.post("/ru/account/sessions", [])
            #expect(try await firefox.get(all.location ?? "").html.contains("Завершены 2 сеанса."))
            #expect(try await firefox.get("/kk/account/sessions?done=2").html.contains("2 сеанс аяқталды."))
            for other in others { #expect(try await other.get("/ru/account").status == 303) }
            #expect(try await firefox.get("/ru/account").status == 200)
        }
    }

    @Test func anothersSessionCannotBeEnded() async throws {
        try await AccountPortal.test { portal async throws in
            let (mine, theirs) = (portal.browser(), portal.browser())
            try await portal.register(mine, "a@example.kz", username: "aigul")
            try await portal.register(theirs, "b@example.kz", username: "berik")
            try await mine.get("/ru/account/sessions")
            for number in 1...4 { try await mine.post("/ru/account/sessions", [("session", String(number))]) }
            #expect(try await theirs.get("/ru/account").status == 200)
        }
    }

    @Test("The download button can be used again, because the page stays open")
    func downloadAgain() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try await portal.register(browser, "a@example.kz", username: "aigul")
            let page = try await browser.get("/ru/account/data")
            #expect(page.html.contains("action=\"/ru/account/data\"") && !page.html.contains("data-once"))
            #expect(try await browser.get("/ru/account/name").html.contains("data-once"))
        }
    }

    @Test("The consents page links to account deletion, and the meaning of the asterisk is explained")
    func consentsEnd() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try await portal.register(browser, "a@example.kz", username: "aigul")
            for language in ["kk", "ru", "en"] {
                let page = try await browser.get("/\(language)/account/consents")
                #expect(page.html.contains("href=\"/\(language)/account/delete\""))
                let words = try await browser.get("/\(language)/account/name").html
                #expect(words.contains(/<p class="fine">[^<]*\(\*\)[^<]*<\/p>/))
            }
        }
    }

    @Test("The export contains all data about a person, and the data is gone after the account is deleted")
    func exportAndErasure() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try await portal.register(browser, "a@example.kz", username: "aigul")
            try await browser.get("/ru/account/data")
            #expect(try await browser.post("/ru/account/data", []).status == 422)
            let file = try await browser.post("/ru/account/data", [("current", AccountPortal.password)])
            #expect(file.headers[.contentDisposition]?.contains("attachment") == true)
            #expect(file.headers[.cacheControl] == "no-store")
            for text in ["a@example.kz", "aigul", "Айгүл Серікқызы"] { #expect(file.html.contains(text), "\(text)") }
            #expect(!file.html.contains("argon2"))
            let preview = try await browser.get("/ru/account/delete").html
            #expect(preview.contains("пароль</li>") && preview.contains("<li>1 сеанс</li>"))
            let fields = [("sure", "1"), ("current", AccountPortal.password)]
            #expect(try await browser.post("/ru/account/delete", [fields[1]]).status == 422)
            #expect(
                try await browser.post("/ru/account/delete", [fields[0], ("current", "not the right one")]).status
                    == 422
            )
            let gone = try await browser.post("/ru/account/delete", fields)
            #expect(gone.location == "/ru/erased")
            #expect(browser.cookies["oa_session"] == nil)
            #expect(try await portal.signIn(portal.browser(), "aigul").status == 422)
            let last = try #require(try await portal.mails().last)
            #expect(last.message.subject == "Учётная запись удалена")
        }
    }
}

extension Sequence where Element: Sendable {
    fileprivate func asyncMap<Result>(_ transform: (Element) async throws -> Result) async rethrows -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await transform(element)) }
        return results
    }
}
