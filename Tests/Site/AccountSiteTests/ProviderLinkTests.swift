import Accounts
import Civic
import Configuration
import Foundation
import TestSupport
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

/// A provider returns an address that already has an account: only the owner of the account can link it.
@Suite struct ProviderLinkTests {
    private static let google: [AbsoluteConfigKey: ConfigValue] = [
        "google.client.id": ConfigValue(.string("client"), isSecret: false),
        "google.client.secret": ConfigValue(.string("secret"), isSecret: true),
    ]
    private static let email = "a@example.kz"

    /// The state of a browser after it returned from the provider with the address of an account.
    private func arrive(_ portal: AccountPortal, _ browser: TestBrowser) async throws {
        let outcome = try await portal.accounts.signInWithProvider(
            identity: AccountPortal.identity(Self.email),
            language: .ru,
            device: Device(userAgent: "Firefox"),
            from: RemoteAddress("192.0.2.7")
        )
        guard case .needsConfirmation(let ticket, _) = outcome else {
            throw AccountPortal.Unexpected(what: "\(outcome)")
        }
        browser.plant(PortalCookies.Name.identity.rawValue, ticket.text)
    }

    private func person(_ portal: AccountPortal, _ browser: TestBrowser) async throws -> PersonID {
        let session = try #require(browser.cookies[PortalCookies.Name.session.rawValue])
        return try #require(try await portal.accounts.resumeSession(session)).person
    }

    private func linked(_ portal: AccountPortal, _ person: PersonID) async throws -> Int {
        try await portal.accounts.readProfile(of: person)?.identities.count ?? -1
    }

    @Test("Someone who only has the address at the provider causes a mail to its owner, and nothing else")
    func byMail() async throws {
        try await AccountPortal.test(Self.google) { portal async throws in
            let (owner, browser) = (portal.browser(), portal.browser())
            try await portal.register(owner, Self.email, username: "aigul")
            let person = try await person(portal, owner)
            try await arrive(portal, browser)
            let page = try await browser.get("/ru/auth/confirm")
            #expect(page.status == 200 && page.html.contains("a•••@example.kz") && page.html.contains("Google"))
            #expect(!page.html.contains(Self.email) && !page.html.contains("Айгүл"), "a stranger learns no more")
            #expect(try await browser.post("/ru/auth/confirm", [], token: "AAAA").status == 403)
            _ = try await portal.mails()
            try await browser.get("/ru/auth/confirm")
            #expect(try await browser.post("/ru/auth/confirm", []).status == 200)
            #expect(try await linked(portal, person) == 0)
            #expect(browser.cookies["oa_session"] == nil)
            let mails = try await portal.mails()
            #expect(mails.map(\.recipient) == [Self.email])
            let path = AccountPortal.path(in: mails.last)
            // A scanner opens it, and the owner presses the button in a browser that has begun nothing.
            for reader in [portal.browser(), owner] {
                #expect(try await reader.get(path).status == 200)
                #expect(try await reader.post(path, []).status == 409)
            }
            #expect(try await linked(portal, person) == 0)
            try await browser.get(path)
            #expect(try await browser.post(path, [], token: "AAAA").status == 403)
            #expect(try await linked(portal, person) == 0)
            #expect(try await browser.post(path, []).status == 200)
            #expect(try await linked(portal, person) == 1)
            #expect(browser.cookies["oa_session"] == nil, "a link signs nobody in")
            #expect(try await portal.mails().map(\.message.subject) == ["Добавлен способ входа"])
        }
    }

    @Test("The signed-in owner links at once, or after entering the password when the sign-in was long ago")
    func bySignIn() async throws {
        let clock = TestClock()
        try await AccountPortal.test(Self.google, clock: clock) { portal async throws in
            let browser = portal.browser()
            try await portal.register(browser, Self.email, username: "aigul")
            let person = try await person(portal, browser)
            clock.advance(by: 1_000)
            try await arrive(portal, browser)
            let page = try await browser.get("/ru/auth/confirm")
            #expect(page.html.contains("name=\"current\"") && page.html.contains("Айгүл Серікқызы"))
            #expect(try await browser.post("/ru/auth/confirm", []).status == 422)
            #expect(try await browser.post("/ru/auth/confirm", [("current", "not it at all")]).status == 422)
            #expect(try await linked(portal, person) == 0)
            let done = try await browser.post("/ru/auth/confirm", [("current", AccountPortal.password)])
            #expect(done.location == "/ru/account/identities?done=linked")
            #expect(try await linked(portal, person) == 1)
        }
        try await AccountPortal.test(Self.google) { portal async throws in
            let browser = portal.browser()
            try await portal.register(browser, Self.email, username: "aigul")
            try await arrive(portal, browser)
            #expect(!(try await browser.get("/ru/auth/confirm").html.contains("name=\"current\"")))
            #expect(try await browser.post("/ru/auth/confirm", []).status == 303)
            #expect(try await linked(portal, try await person(portal, browser)) == 1)
        }
    }

    @Test("In a browser where another person is signed in, neither account is linked")
    func another() async throws {
        try await AccountPortal.test(Self.google) { portal async throws in
            let (owner, other) = (portal.browser(), portal.browser())
            try await portal.register(owner, Self.email, username: "aigul")
            try await portal.register(other, "b@example.kz", username: "berik")
            try await arrive(portal, other)
            try await other.get("/ru/auth/confirm")
            let page = try await other.post("/ru/auth/confirm", [("current", AccountPortal.password)])
            #expect(page.status == 410)
            for browser in [owner, other] { #expect(try await linked(portal, try await person(portal, browser)) == 0) }
        }
    }

    @Test("An open session alone neither shows nor changes the linked providers")
    func theWaysIn() async throws {
        let clock = TestClock()
        try await AccountPortal.test(Self.google, clock: clock) { portal async throws in
            let browser = portal.browser()
            try await portal.register(browser, Self.email, username: "aigul")
            let person = try await person(portal, browser)
            try await arrive(portal, browser)
            try await browser.get("/ru/auth/confirm")
            try await browser.post("/ru/auth/confirm", [])
            let identity = try #require(try await browser.get("/ru/account/identities").hidden("identity"))
            clock.advance(by: 1_000)
            let late = try await browser.get("/ru/account/identities")
            #expect(late.html.contains("action=\"/ru/account/identities/proof\"") && late.hidden("identity") == nil)
            let refused = try await browser.post("/ru/account/identities", [("identity", identity)])
            #expect(refused.html.contains("action=\"/ru/account/identities/proof\""))
            let away = try await browser.post("/auth/google?lang=ru", [])
            #expect(away.location == "/ru/account/identities", "nobody is sent to the provider")
            #expect(try await linked(portal, person) == 1)
            for wrong in ["", "not it at all"] {
                #expect(try await browser.post("/ru/account/identities/proof", [("current", wrong)]).status == 422)
            }
            let proved = try await browser.post(
                "/ru/account/identities/proof",
                [("current", AccountPortal.password)]
            )
            #expect(proved.location == "/ru/account/identities")
            try await browser.get("/ru/account/identities")
            try await browser.post("/ru/account/identities", [("identity", identity)])
            #expect(try await linked(portal, person) == 0)
        }
    }
}
