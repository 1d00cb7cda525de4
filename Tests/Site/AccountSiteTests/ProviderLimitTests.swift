import Accounts
import Civic
import Configuration
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

/// The limit of provider sign-ins that one address may begin.
@Suite struct ProviderLimitTests {
    // Facebook needs no request before a sign-in, so the test needs no server.
    private static let facebook: [AbsoluteConfigKey: ConfigValue] = [
        "facebook.client.id": ConfigValue(.string("client"), isSecret: false),
        "facebook.client.secret": ConfigValue(.string("secret"), isSecret: true),
    ]

    private func fill(_ portal: AccountPortal, begun: Int = 0) async throws {
        for number in begun..<AccountLimits().providerAttemptsPerAddress.count {
            let page = try await portal.browser().get("/auth/facebook?lang=ru")
            #expect(page.status == 303 && page.location?.hasPrefix("https://") == true, "\(number)")
        }
    }

    @Test("Beyond the limit nobody is redirected, the page says when to try again, and later it works again")
    func signIn() async throws {
        let clock = TestClock()
        try await AccountPortal.test(Self.facebook, clock: clock) { portal async throws in
            try await fill(portal)
            for (language, button) in [("kk", "Кіру"), ("ru", "Вход"), ("en", "Sign in")] {
                let browser = portal.browser()
                let page = try await browser.get("/auth/facebook?lang=\(language)")
                #expect(page.status == 429 && page.location == nil)
                let seconds = try #require(page.headers[.retryAfter].flatMap { Int($0) })
                #expect((1...3_600).contains(seconds))
                #expect(page.headers[.cacheControl] == "no-store")
                #expect(page.html.contains("<html lang=\"\(language)\">") && page.html.contains(button))
                #expect(page.html.contains("href=\"/\(language)/login\""), "there is another way in")
                #expect(browser.cookies["oa_identity"] == nil)
            }
            let elsewhere = try await portal.accounts.providerAttempts.keep(
                state: "state",
                Data(),
                from: RemoteAddress("198.51.100.9")
            )
            #expect(elsewhere == .accepted, "other addresses go on")
            clock.advance(by: 3_601)
            #expect(try await portal.browser().get("/auth/facebook?lang=ru").status == 303)
        }
    }

    @Test func linkingCountsAsWell() async throws {
        try await AccountPortal.test(Self.facebook) { portal async throws in
            let browser = portal.browser()
            try await portal.register(browser, "a@example.kz", username: "aigul")
            try await browser.get("/ru/account/identities")
            #expect(try await browser.post("/auth/facebook?lang=ru", []).status == 200)
            try await fill(portal, begun: 1)
            let page = try await browser.post("/auth/facebook?lang=ru", [])
            #expect(page.status == 429 && HTTPField.Name("Refresh").flatMap { page.headers[$0] } == nil)
            #expect(try await browser.get("/ru/account").status == 200, "the session goes on")
        }
    }
}
