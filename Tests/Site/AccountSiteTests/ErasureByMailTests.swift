import Accounts
import Civic
import Foundation
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

/// Deleting an account without a password, by a mailed link.
@Suite struct ErasureByMailTests {
    private func link(_ portal: AccountPortal, _ browser: TestBrowser, language: String = "ru") async throws -> String {
        try await browser.get("/\(language)/account/delete")
        let asked = try await browser.post("/\(language)/account/delete", [("sure", "1")])
        #expect(asked.location == "/\(language)/account/delete/sent")
        return AccountPortal.path(in: try await portal.mails().last)
    }

    @Test(
        "The page names the recipient; the mail leads to a page with a button that erases the account",
        arguments: ["kk", "ru"]
    )
    func byMail(language: String) async throws {
        try await AccountPortal.test { portal async throws in
            let (browser, other) = (portal.browser(), portal.browser())
            try await portal.newcomer(browser, "a@example.kz", language: language)
            let page = try await browser.get("/\(language)/account/delete")
            #expect(page.html.contains("a@example.kz") && !page.html.contains("name=\"current\""))
            #expect(try await browser.post("/\(language)/account/delete", []).status == 422, "it must be meant")
            #expect(try await portal.mails().isEmpty)
            let path = try await link(portal, browser, language: language)
            #expect(path.hasPrefix("/\(language)/erase/"))
            #expect(try await browser.get("/\(language)/account/delete/sent").status == 200)
            // The mail may be read on another device, where nobody is signed in.
            let shown = try await other.get(path)
            #expect(shown.status == 200 && shown.html.contains("a•••@example.kz"))
            #expect(shown.html.contains("button--grave") && !shown.html.contains("login?to="))
            #expect(shown.headers[.cacheControl] == "no-store" && shown.html.contains("content=\"noindex\""))
            #expect(try await other.post(path, []).location == "/\(language)/erased")
            #expect(try await browser.get("/\(language)/account").status == 303, "the session has ended")
            #expect(try await portal.mails().map(\.recipient) == ["a@example.kz"])
        }
    }

    @Test("The mail contains the link as text and HTML, in the language of the account", arguments: ["kk", "ru", "en"])
    func mail(language: String) async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try await portal.newcomer(browser, "a@example.kz", language: language)
            try await browser.get("/en/account/delete")
            try await browser.post("/en/account/delete", [("sure", "1")])
            let mail = try #require(try await portal.mails().last)
            let words = try Strings(
                try #require(.init(rawValue: language)),
                folders: try TestPortal.resources("Locale")
            )
            #expect(mail.recipient == "a@example.kz" && mail.message.subject == words["mail_erasure_subject"])
            let path = AccountPortal.path(in: mail)
            #expect(path.hasPrefix("/\(language)/erase/"))
            #expect(mail.message.html.contains(path) && mail.message.html.contains(words["mail_erasure_action"]))
            #expect(mail.message.text.contains(words["mail_erasure_unless"]))
        }
    }

    @Test("A scanner that opens the link, however often and with any method, changes nothing")
    func scanner() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try await portal.newcomer(browser, "a@example.kz")
            let path = try await link(portal, browser)
            for _ in 1...3 { #expect(try await portal.browser().get(path).status == 200) }
            let head = try await portal.client.execute(uri: path, method: .head) { $0.status.code }
            #expect(head < 500)
            // Even a scanner that presses buttons lacks the form's cookie.
            #expect(try await portal.browser().post(path, []).status == 403)
            #expect(try await browser.get("/ru/account").status == 200)
            try await browser.get(path)
            #expect(try await browser.post(path, []).location == "/ru/erased")
        }
    }

    @Test("A form from another site neither requests the mail nor erases")
    func forgery() async throws {
        try await AccountPortal.test { portal async throws in
            let (browser, attacker) = (portal.browser(), portal.browser())
            try await portal.newcomer(browser, "a@example.kz")
            let strange = try #require(try await attacker.get("/ru/login").hidden("csrf"))
            for token in ["", "AAAA", strange] {
                #expect(try await browser.post("/ru/account/delete", [("sure", "1")], token: token).status == 403)
            }
            #expect(try await portal.mails().isEmpty)
            let path = try await link(portal, browser)
            for token in ["", "AAAA", strange] {
                #expect(try await browser.post(path, [], token: token).status == 403)
            }
            #expect(try await browser.get("/ru/account").status == 200)
        }
    }

    @Test func aLinkWorksOnceAndForAnHour() async throws {
        let clock = TestClock()
        try await AccountPortal.test(clock: clock) { portal async throws in
            let (first, second) = (portal.browser(), portal.browser())
            try await portal.newcomer(first, "a@example.kz")
            try await portal.newcomer(second, "b@example.kz")
            let (used, late) = (try await link(portal, first), try await link(portal, second))
            try await first.get(used)
            #expect(try await first.post(used, []).status == 303)
            let again = try await first.get(used)
            #expect(again.status == 410 && again.html.contains("/ru/account/delete"))
            #expect(try await first.post(used, []).status == 410)
            try await second.get(late)
            clock.advance(by: 3_601)
            #expect(try await second.post(late, []).status == 410)
            #expect(try await second.get(late).status == 410)
            #expect(try await second.get("/ru/account").status == 200)
            for path in ["/ru/erase/AAAA", "/ru/erase/" + SecretToken().text] {
                #expect(try await second.get(path).status == 410)
            }
        }
    }

    @Test("In a browser where another person is signed in, the link erases neither account")
    func another() async throws {
        try await AccountPortal.test { portal async throws in
            let (owner, other) = (portal.browser(), portal.browser())
            try await portal.newcomer(owner, "a@example.kz")
            try await portal.register(other, "b@example.kz", username: "berik")
            let path = try await link(portal, owner)
            let page = try await other.get(path)
            #expect(page.status == 409 && !page.html.contains("a•••@example.kz") && !page.html.contains("<form"))
            try await other.get("/ru/account/name")
            #expect(try await other.post(path, []).status == 409)
            #expect(try await owner.get("/ru/account").status == 200)
            #expect(try await other.get("/ru/account").status == 200)
            try await owner.get(path)
            #expect(try await owner.post(path, []).status == 303)
            #expect(try await other.get("/ru/account").status == 200)
        }
    }
}

extension AccountPortal {
    /// The identity that a provider returns for a person with a verified address.
    static func identity(_ email: String) -> ExternalIdentity {
        ExternalIdentity(
            provider: "google",
            issuer: "https://accounts.google.com",
            subject: "subject-" + email,
            email: email,
            isEmailVerified: true,
            name: "Aigul Serikkyzy"
        )
    }

    /// Signs in a person who came through a provider and has no password.
    func newcomer(_ browser: TestBrowser, _ email: String, language: String = "ru") async throws {
        let (device, from) = (Device(userAgent: "Firefox"), RemoteAddress("192.0.2.7"))
        let outcome = try await accounts.signInWithProvider(
            identity: Self.identity(email),
            language: Language(rawValue: language) ?? .kk,
            device: device,
            from: from
        )
        guard case .needsAgreement(let ticket, let pending) = outcome else { throw Unexpected(what: "\(outcome)") }
        let accepted = try await accounts.joinWithProvider.accept(
            ticket,
            username: pending.username?.text ?? "",
            name: try PersonName("Aigul Serikkyzy"),
            agreement: accounts.settings.agreement,
            device: device,
            from: from
        )
        guard case .activated(let session) = accepted else { throw Unexpected(what: "\(accepted)") }
        browser.plant(PortalCookies.Name.session.rawValue, session.token.text)
        _ = try await mails()
    }

    /// The test setup took an unexpected turn.
    struct Unexpected: Error {
        let what: String
    }
}
