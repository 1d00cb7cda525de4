import Accounts
import Civic
import Configuration
import Foundation
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct AgreementTests {
    /// The browser of a person who has agreed to an earlier text.
    private func earlier(_ portal: AccountPortal) async throws -> TestBrowser {
        _ = try await portal.accounts.registerAccount(
            name: try PersonName("Айгүл"),
            email: try EmailAddress("a@example.kz"),
            language: .ru,
            agreement: AgreementVersion(rawValue: "2025-01"),
            from: RemoteAddress("192.0.2.1")
        )
        let path = AccountPortal.path(in: try await portal.mails().last)
        let browser = portal.browser()
        try await browser.get(path)
        try await browser.post(path, [("username", "aigul"), ("password", AccountPortal.password)])
        try await browser.get("/ru/account")
        try await browser.post("/ru/logout", [])
        return browser
    }

    @Test("A person who agreed to an earlier text is asked after signing in, and not again after agreeing")
    func asksAgain() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = try await earlier(portal)
            let asked = try await portal.signIn(browser, "aigul")
            #expect(asked.location == "/ru/agreement/new?to=%2Fru%2Faccount")
            let page = try await browser.get("/ru/agreement/new?to=%2Fru%2Faccount")
            #expect(page.status == 200 && page.html.contains("94-V") && page.html.contains("Принимаю"))
            #expect(try await browser.post("/ru/agreement/new", [], token: "AAAA").status == 403)
            #expect(try await browser.get("/ru/account").status == 200, "the account stays open")
            try await browser.get("/ru/agreement/new")
            let agreed = try await browser.post("/ru/agreement/new", [("to", "/ru/account/consents")])
            #expect(agreed.location == "/ru/account/consents")
            let consents = try await browser.get("/ru/account/consents").html
            #expect(consents.contains("2025-01") && consents.contains("2026-11"))
            #expect(try await browser.get("/ru/agreement/new").location == "/ru/account")
            try await browser.get("/ru/account")
            try await browser.post("/ru/logout", [])
            #expect(try await portal.signIn(browser, "aigul").location == "/ru/account")
        }
    }

    @Test("The page redirects to no other site and requires signing in")
    func leadsNowhereElse() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = try await earlier(portal)
            #expect(try await browser.get("/ru/agreement/new").location?.hasPrefix("/ru/login") == true)
            try await portal.signIn(browser, "aigul")
            let page = try await browser.get("/ru/agreement/new?to=" + Link.encode("//evil.kz/"))
            #expect(!page.html.contains("evil.kz\""))
            #expect(try await browser.post("/ru/agreement/new", [("to", "//evil.kz/")]).location == "/ru/account")
        }
    }

    @Test("The agreement names the operator, or says that none was named", arguments: ["kk", "ru", "en"])
    func names(language: String) async throws {
        let unnamed = ["kk": "сынақ режимінде", "ru": "не назван:", "en": "has not been named"]
        try await AccountPortal.test { portal async throws in
            for path in ["agreement", "register"] {
                let html = try await portal.browser().get("/\(language)/\(path)").html
                #expect(html.contains(try #require(unnamed[language])), "\(path)")
                #expect(!html.contains("Turnstile"), "\(path)")
            }
        }
        let values: [AbsoluteConfigKey: ConfigValue] = [
            "operator.name": ConfigValue(.string("ТОО «Город & люди»"), isSecret: false),
            "operator.bin": ConfigValue(.string("990440000385"), isSecret: false),
            "operator.contact": ConfigValue(.string("+7 727 123 45 67"), isSecret: false),
            "captcha.kind": ConfigValue(.string("turnstile"), isSecret: false),
            "captcha.site.key": ConfigValue(.string("site"), isSecret: false),
            "captcha.secret": ConfigValue(.string("secret"), isSecret: true),
        ]
        try await AccountPortal.test(values) { portal async throws in
            for path in ["agreement", "register", "agreement/2026-11"] {
                let html = try await portal.browser().get("/\(language)/\(path)").html
                for text in ["ТОО «Город &amp; люди»", "990440000385", "+7 727 123 45 67", "Cloudflare Turnstile"] {
                    #expect(html.contains(text), "\(text) in \(path)")
                }
                #expect(!html.contains(try #require(unnamed[language])), "\(path)")
            }
        }
    }
}
