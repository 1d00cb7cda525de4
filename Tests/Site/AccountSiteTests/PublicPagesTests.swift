import Accounts
import Configuration
import Foundation
import HTTPTypes
import HummingbirdTesting
import SQLiteStore
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct PublicPagesTests {
    @Test("A public page sets no cookie, contains no personal data and stays cacheable")
    func signedOut() async throws {
        try await AccountPortal.test { portal async throws in
            try await portal.register(portal.browser(), "a@example.kz", username: "aigul")
            let page = try await portal.browser().get("/ru/agreement")
            #expect(page.headers[.setCookie] == nil)
            #expect(page.headers[.cacheControl] == "no-cache")
            #expect(page.headers[.vary]?.contains("Cookie") == true)
            #expect(!page.html.contains("csrf"))
            #expect(page.html.contains("/ru/login?to="))
            for text in ["aigul", "a@example.kz", "Айгүл"] { #expect(!page.html.contains(text)) }
        }
    }

    @Test func whoIsSignedInIsLedToTheirAccountAndTheirPagesAreNotShared() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try await portal.register(browser, "a@example.kz", username: "aigul")
            let page = try await browser.get("/ru/agreement")
            #expect(page.html.contains("href=\"/ru/account\""))
            #expect(page.headers[.cacheControl]?.contains("private") == true)
        }
    }

    @Test("The language is stored in a cookie and in the account, and the redirect leads to the same page")
    func language() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try await portal.register(browser, "a@example.kz", username: "aigul")
            let site = try #require(HTTPField.Name("Sec-Fetch-Site"))
            let target = "/language/en?to=" + Link.encode("/ru/agreement?a=1")
            let foreign = try await browser.get(target, headers: [site: "cross-site"])
            #expect(foreign.location == "/en/agreement?a=1")
            #expect(
                try await browser.get("/ru/account").html.contains("Русский</dd>"),
                "another site changes no account"
            )
            try await browser.get(target, headers: [site: "same-origin"])
            #expect(browser.cookies["lang"] == "en")
            #expect(try await browser.get("/ru/account").html.contains("English</dd>"))
            for wrong in ["//evil.kz", "https://evil.kz", "/\\evil.kz", ""] {
                #expect(try await browser.get("/language/kk?to=" + Link.encode(wrong)).location == "/kk/")
            }
            #expect(try await browser.get("/language/xx?to=/ru/").status == 404)
        }
    }

    @Test("The header shows by its icon, not only by its text, whether a person is signed in")
    func signInShows() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            let before = try await browser.get("/ru/").html
            #expect(before.contains("#icon-sign-in") && !before.contains("account-link--in"))
            try await portal.register(browser, "a@example.kz", username: "aigul")
            let after = try await browser.get("/ru/").html
            #expect(after.contains("account-link--in") && !after.contains("#icon-sign-in"))
        }
    }

    @Test(
        "The footer of every page links to the agreement, the contact centre and the operator",
        arguments: [
            ("+7 727 123 45 67", "tel:+77271234567"), ("help@almaty.kz", "mailto:help@almaty.kz"),
        ]
    )
    func foot(contact: String, href: String) async throws {
        let values: [AbsoluteConfigKey: ConfigValue] = [
            "operator.contact": ConfigValue(.string(contact), isSecret: false)
        ]
        try await AccountPortal.test(values) { portal async throws in
            for path in ["/kk/", "/ru/map", "/en/login", "/ru/missing"] {
                let html = try await portal.browser().get(path).html
                #expect(html.contains("<a href=\"\(href)\">\(contact)</a>"), "\(path)")
                #expect(html.contains("href=\"tel:1308\">1308</a>"), "\(path)")
                #expect(html.contains("href=\"\(path.prefix(3))/agreement\""), "\(path)")
            }
        }
        try await AccountPortal.test { portal async throws in
            let html = try await portal.browser().get("/ru/").html
            #expect(!html.contains("Связаться с оператором"), "no contact is set")
        }
    }

    @Test func everyVersionOfTheAgreementCanBeRead() async throws {
        try await AccountPortal.test { portal async throws in
            #expect(AgreementText.versions.contains(portal.accounts.settings.agreement.rawValue))
            for version in AgreementText.versions {
                for language in ["kk", "ru", "en"] {
                    let page = try await portal.browser().get("/\(language)/agreement/\(version)")
                    #expect(page.status == 200)
                    #expect(page.html.contains("94-V"))
                }
            }
            #expect(try await portal.browser().get("/ru/agreement/1999-01").status == 404)
        }
    }

    @Test("Unsent mails can be read only on this machine")
    func developmentMail() async throws {
        try await AccountPortal.test { portal async throws in
            let address = try #require(portal.mailPath)
            let browser = portal.browser()
            #expect(try await browser.get("/dev/mail").status == 403)
            let wrong = try await browser.get("/dev/mail?key=" + String(repeating: "A", count: 43))
            #expect(wrong.status == 403 && wrong.html.contains("Mail is read at"))
            #expect(try await browser.get(address).location == "/dev/mail")
            #expect(browser.setCookies.allSatisfy { $0.contains("Path=/dev/mail") && $0.contains("HttpOnly") })
            #expect(try await browser.get("/dev/mail").status == 200)
            for name in ["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "Via"] {
                let header = try #require(HTTPField.Name(name))
                #expect(try await browser.get("/dev/mail", headers: [header: "127.0.0.1"]).status == 404, "\(name)")
                #expect(try await portal.browser([header: "127.0.0.1"]).get(address).status == 404, "\(name)")
            }
            #expect(try await browser.get("/dev/mail/..%2F..%2Fetc%2Fpasswd").status == 404)
            #expect(try await portal.browser().get("/dev/mail/1").status == 404)
        }
        let settings: [[AbsoluteConfigKey: ConfigValue]] = [
            ["host": ConfigValue(.string("0.0.0.0"), isSecret: false)],
            ["public.url": ConfigValue(.string("https://open.almaty.kz"), isSecret: false)],
            ["trusted.proxy": ConfigValue(.string("127.0.0.1"), isSecret: false)],
            [
                "smtp.url": ConfigValue(.string("smtp://127.0.0.1:2525?tls=none"), isSecret: true),
                "mail.from": ConfigValue(.string("a@example.kz"), isSecret: false),
            ],
        ]
        for values in settings {
            try await AccountPortal.test(values) { portal async throws in
                #expect(portal.mailPath == nil)
                #expect(try await portal.browser().get("/dev/mail").status == 404)
            }
        }
    }

    @Test("The content security policy allows a third-party captcha only when it is configured")
    func policy() async throws {
        try await AccountPortal.test { portal async throws in
            let policy = try await portal.browser().get("/ru/register").headers[.contentSecurityPolicy] ?? ""
            #expect(policy.contains("script-src 'self';"))
            #expect(!policy.contains("unsafe") && !policy.contains("https:"))
        }
        let values: [AbsoluteConfigKey: ConfigValue] = [
            "captcha.kind": ConfigValue(.string("turnstile"), isSecret: false),
            "captcha.site.key": ConfigValue(.string("1x00000000000000000000AA"), isSecret: false),
            "captcha.secret": ConfigValue(.string("1x0000000000000000000000000000000AA"), isSecret: true),
        ]
        try await AccountPortal.test(values) { portal async throws in
            let page = try await portal.browser().get("/ru/register")
            #expect(
                page.headers[.contentSecurityPolicy]?.contains("script-src 'self' https://challenges.cloudflare.com;")
                    == true
            )
            #expect(page.html.contains("data-sitekey=\"1x00000000000000000000AA\""))
            #expect(!page.html.contains("1x0000000000000000000000000000000AA"))
            #expect(try await portal.browser().get("/api/v1/captcha/challenge").status == 404)
        }
    }

    @Test("A challenge is valid for one browser and is not cached")
    func challenge() async throws {
        try await AccountPortal.test { portal async throws in
            let (first, second) = (portal.browser(), portal.browser())
            let one = try await first.get("/api/v1/captcha/challenge")
            #expect(one.headers[.cacheControl] == "no-store")
            #expect(one.html != (try await second.get("/api/v1/captcha/challenge").html))
            #expect(try await first.get("/api/v1/captcha/challenge?a=1").status == 400)
        }
    }
}
