import Civic
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct PasswordResetTests {
    private func request(_ portal: AccountPortal, _ login: String) async throws -> TestPage {
        let browser = portal.browser()
        try await browser.get("/ru/password/forgot")
        return try await browser.post(
            "/ru/password/forgot",
            [("login", login), ("altcha", try await portal.solvedCaptcha())]
        )
    }

    @Test("The response does not reveal whether the account exists")
    func sameAnswer() async throws {
        try await AccountPortal.test { portal async throws in
            try await portal.register(portal.browser(), "a@example.kz", username: "aigul")
            for login in ["aigul", "a@example.kz", "nobody", "nobody@example.kz"] {
                let page = try await request(portal, login)
                #expect(page.status == 303)
                #expect(page.location == "/ru/password/forgot/sent")
            }
            let mails = try await portal.mails()
            #expect(Set(mails.map(\.recipient)) == ["a@example.kz"])
        }
    }

    @Test("The link works once; a new password ends the other sessions, and the owner is notified")
    func once() async throws {
        try await AccountPortal.test { portal async throws in
            let old = portal.browser()
            try await portal.register(old, "a@example.kz", username: "aigul")
            _ = try await request(portal, "aigul")
            let path = AccountPortal.path(in: try await portal.mails().last)
            let browser = portal.browser()
            #expect(try await browser.get(path).status == 200)
            #expect(try await old.get("/ru/account").status == 200, "opening the link changes nothing")
            try await browser.get(path)
            let changed = try await browser.post(path, [("password", "жаңа ұзын құпиясөз 8")])
            #expect(changed.status == 303)
            #expect(try await old.get("/ru/account").status == 303, "other sessions have ended")
            let mails = try await portal.mails()
            #expect(mails.contains { $0.message.subject == "Пароль изменён" })
            #expect(try await browser.get(path).status == 410)
            #expect(try await browser.post(path, [("password", "тағы бір құпиясөз 9")]).status == 410)
            #expect(try await portal.signIn(portal.browser(), "aigul").status == 422)
            let again = try await portal.signIn(portal.browser(), "aigul", password: "жаңа ұзын құпиясөз 8")
            #expect(again.status == 303)
        }
    }

    @Test func aLinkThatRanOutSaysSoAndOffersANewOne() async throws {
        let clock = TestClock()
        try await AccountPortal.test(clock: clock) { portal async throws in
            try await portal.register(portal.browser(), "a@example.kz", username: "aigul")
            _ = try await request(portal, "aigul")
            let path = AccountPortal.path(in: try await portal.mails().last)
            clock.advance(by: 3_601)
            let page = try await portal.browser().get(path)
            #expect(page.status == 410)
            #expect(page.html.contains("/ru/password/forgot"))
        }
    }

    @Test func theAddressOfAResetPageIsToldToNobody() async throws {
        try await AccountPortal.test { portal async throws in
            try await portal.register(portal.browser(), "a@example.kz", username: "aigul")
            _ = try await request(portal, "aigul")
            let path = AccountPortal.path(in: try await portal.mails().last)
            let page = try await portal.browser().get(path)
            #expect(page.headers[.cacheControl] == "no-store")
            let policy = try #require(HTTPField.Name("Referrer-Policy"))
            #expect(page.headers[policy] == "no-referrer")
            #expect(page.html.contains("content=\"noindex\""))
            // The link to the sign-in page must not contain the token.
            #expect(!page.html.contains("login?to="))
        }
    }
}
