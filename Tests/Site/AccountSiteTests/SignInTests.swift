import Accounts
import Civic
import Foundation
import HTTPTypes
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct SignInTests {
    @Test("Sign-in works by user name or address, in any letter case", arguments: ["Aigul", "aigul", "A@EXAMPLE.kz"])
    func logins(login: String) async throws {
        try await AccountPortal.test { portal async throws in
            try await portal.register(portal.browser(), "a@example.kz", username: "Aigul")
            let browser = portal.browser()
            #expect(try await portal.signIn(browser, login).location == "/ru/account")
            #expect(try await browser.get("/ru/account").status == 200)
        }
    }

    @Test("A wrong password and an unknown login get the same page")
    func sameAnswer() async throws {
        try await AccountPortal.test { portal async throws in
            try await portal.register(portal.browser(), "a@example.kz", username: "aigul")
            let known = try await portal.signIn(portal.browser(), "aigul", password: "wrong but long enough")
            let unknown = try await portal.signIn(portal.browser(), "nobody", password: "wrong but long enough")
            #expect(known.status == 422 && unknown.status == 422)
            #expect(known.words.replacing("aigul", with: "") == unknown.words.replacing("nobody", with: ""))
            #expect(!known.html.contains("wrong but long"))
        }
    }

    @Test("An unknown browser must pass the captcha, a known one need not")
    func captchaForNewDevices() async throws {
        try await AccountPortal.test { portal async throws in
            try await portal.register(portal.browser(), "a@example.kz", username: "aigul")
            let browser = portal.browser()
            #expect(try await browser.get("/ru/login").html.contains("altcha-widget"))
            let fields = [("login", "aigul"), ("password", AccountPortal.password)]
            let refused = try await browser.post("/ru/login", fields)
            #expect(refused.status == 422)
            #expect(refused.html.contains("Отметьте «Я не робот»"))
            #expect(try await portal.signIn(browser, "aigul").status == 303)
            try await browser.get("/ru/account")
            #expect(try await browser.post("/ru/logout", []).location == "/ru/")
            try await browser.get("/ru/login")
            #expect(try await browser.post("/ru/login", fields).location == "/ru/account")
        }
    }

    @Test("Failures in a known browser bring the captcha back, whatever address they come from")
    func captchaAfterFailures() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try await portal.register(browser, "a@example.kz", username: "aigul")
            let mark = browser.cookies["oa_device"]
            let device = Device(userAgent: nil)
            func needsCaptcha() async throws -> Bool {
                try await portal.accounts.signIn.needsCaptcha(
                    login: "aigul",
                    deviceMark: mark,
                    from: RemoteAddress("192.0.2.9")
                )
            }
            #expect(try await !needsCaptcha())
            for number in 1...2 {
                let outcome = try await portal.accounts.signIn.withPassword(
                    login: "aigul",
                    password: "wrong but long enough",
                    deviceMark: mark,
                    device: device,
                    from: RemoteAddress("192.0.2.\(number)")
                )
                #expect(outcome == .wrong)
            }
            #expect(try await needsCaptcha())
        }
    }

    @Test func aPlantedSessionIsNotTakenOverAndEachSignInHasItsOwn() async throws {
        try await AccountPortal.test { portal async throws in
            try await portal.register(portal.browser(), "a@example.kz", username: "aigul")
            let browser = portal.browser()
            let planted = String(repeating: "A", count: 43)
            browser.plant("oa_session", planted)
            try await portal.signIn(browser, "aigul")
            let first = try #require(browser.cookies["oa_session"])
            #expect(first != planted)
            let attacker = portal.browser()
            attacker.plant("oa_session", planted)
            #expect(try await attacker.get("/ru/account").status == 303)
            try await browser.get("/ru/account")
            try await browser.post("/ru/logout", [])
            #expect(browser.cookies["oa_session"] == nil)
            attacker.plant("oa_session", first)
            #expect(try await attacker.get("/ru/account").status == 303, "signing out ends the session itself")
            try await portal.signIn(browser, "aigul")
            #expect(browser.cookies["oa_session"] != first)
        }
    }

    @Test("Cookies are inaccessible to scripts and other sites; with TLS they have the prefix and Secure")
    func cookieAttributes() async throws {
        try await AccountPortal.test { portal async throws in
            try await portal.register(portal.browser(), "a@example.kz", username: "aigul")
            for isSecure in [false, true] {
                let forwarded = try #require(HTTPField.Name("X-Forwarded-Proto"))
                let browser = portal.browser(isSecure ? [forwarded: "https"] : [:])
                let form = try await browser.get("/ru/login")
                #expect((form.headers[.strictTransportSecurity] != nil) == isSecure)
                try await portal.signIn(browser, "aigul")
                #expect(browser.setCookies.contains { $0.hasPrefix("\(isSecure ? "__Host-" : "")oa_session=") })
                // The store decides when a session ends; the cookie must not end earlier.
                let longest = "Max-Age=\(portal.accounts.settings.sessionLifetime.components.seconds)"
                #expect(browser.setCookies.contains { $0.contains("oa_session=") && $0.contains(longest) })
                for cookie in browser.setCookies {
                    #expect(cookie.contains("HttpOnly"), "\(cookie)")
                    #expect(cookie.contains("SameSite=Lax"), "\(cookie)")
                    #expect(cookie.contains("Path=/"), "\(cookie)")
                    #expect(cookie.contains("Secure") == isSecure, "\(cookie)")
                    #expect(!cookie.contains("Domain"), "\(cookie)")
                }
                #expect(try await browser.get("/ru/account").status == 200)
            }
        }
    }

    @Test(
        "Signing in returns to the previous page, and never to another site",
        arguments: [
            ("/ru/directory/park?district=west", "/ru/directory/park?district=west"), ("//evil.kz/", "/ru/account"),
            ("https://evil.kz/", "/ru/account"), ("/\\evil.kz", "/ru/account"),
            ("/ru/\r\nSet-Cookie: a=b", "/ru/account"),
            ("javascript:alert(1)", "/ru/account"), ("/\tevil.kz", "/ru/account"), ("/auth/google", "/ru/account"),
        ]
    )
    func returnPath(wanted: String, reached: String) async throws {
        try await AccountPortal.test { portal async throws in
            try await portal.register(portal.browser(), "a@example.kz", username: "aigul")
            let browser = portal.browser()
            try await browser.get("/ru/login?to=" + Link.encode(wanted))
            let page = try await browser.post(
                "/ru/login",
                [
                    ("login", "aigul"), ("password", AccountPortal.password), ("to", wanted),
                    ("altcha", try await portal.solvedCaptcha()),
                ]
            )
            #expect(page.location == reached)
        }
    }

    @Test func aPageOfTheAccountLeadsToSignInAndBack() async throws {
        try await AccountPortal.test { portal async throws in
            let page = try await portal.browser().get("/kk/account/sessions")
            #expect(page.status == 303)
            #expect(page.location == "/kk/login?to=%2Fkk%2Faccount%2Fsessions&needed=1")
        }
    }

    @Test("After several failures the next attempt has to wait, and the page says how long")
    func growingDelay() async throws {
        try await AccountPortal.test { portal async throws in
            try await portal.register(portal.browser(), "a@example.kz", username: "aigul")
            let attacker = portal.browser()
            var statuses: [Int] = []
            for _ in 1...12 {
                statuses.append(try await portal.signIn(attacker, "aigul", password: "wrong but long enough").status)
            }
            #expect(statuses.contains(429), "\(statuses)")
            #expect(statuses.first == 422)
        }
    }

    @Test("Signing out requires the button; a link from another site does nothing")
    func signOutNeedsTheForm() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try await portal.register(browser, "a@example.kz", username: "aigul")
            #expect(try await browser.get("/ru/logout").status == 200)
            #expect(try await browser.post("/ru/logout", [], token: "AAAA").status == 403)
            #expect(try await browser.get("/ru/account").status == 200)
            // A form from another site arrives without cookies; the response must not clear them.
            let foreign = portal.browser()
            #expect(try await foreign.post("/ru/logout", [], token: "AAAA").location == "/ru/")
            #expect(foreign.setCookies.isEmpty)
            foreign.plant("oa_session", String(repeating: "A", count: 43))
            #expect(try await foreign.post("/ru/logout", [], token: "AAAA").location == "/ru/")
            #expect(foreign.setCookies.isEmpty)
        }
    }
}
