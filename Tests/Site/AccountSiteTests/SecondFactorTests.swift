import Civic
import Crypto
import Foundation
import QRCode
import TestSupport
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

/// An authenticator app written from RFC 6238, independently of our code.
struct AuthenticatorApp {
    private let key: SymmetricKey

    /// - Parameter secret: in base32 (RFC 4648 §6); spaces are ignored.
    init(secret: String) {
        var (bytes, bits, count) = ([UInt8](), 0, 0)
        for character in secret where character != " " {
            let digit = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".firstIndex(of: character)
            bits = bits << 5 | (digit.map { $0.utf16Offset(in: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") } ?? 0)
            count += 5
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(bits >> count & 0xFF))
                bits &= (1 << count) - 1
            }
        }
        key = SymmetricKey(data: bytes)
    }

    func code(at time: Date) -> String {
        let step = UInt64(time.timeIntervalSince1970) / 30
        let message = (0..<8).map { UInt8(step >> (56 - 8 * UInt64($0)) & 0xFF) }
        let hash = Array(HMAC<Insecure.SHA1>.authenticationCode(for: message, using: key))
        let offset = Int(hash[19] & 0xF)
        let number = hash[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        return String(format: "%06d", number % 1_000_000)
    }
}

@Suite struct SecondFactorTests {
    // Sets up the second factor in a signed-in browser, and returns the app and the recovery codes.
    private func setUp(
        _ portal: AccountPortal,
        _ browser: TestBrowser,
        _ clock: TestClock
    ) async throws -> (app: AuthenticatorApp, used: String, codes: [String]) {
        try await browser.get("/ru/account/second-factor")
        let page = try await browser.post("/ru/account/second-factor", [])
        let secret = try #require(page.html.firstMatch(of: /<code>([A-Z2-7 ]+)<\/code>/).map { String($0.1) })
        #expect(page.html.contains("otpauth://totp/"))
        let app = AuthenticatorApp(secret: secret)
        let wrong = try await browser.post("/ru/account/second-factor/confirm", [("code", "000000")])
        #expect(wrong.status == 422)
        #expect(wrong.html.contains(secret), "a slip does not cost the set-up")
        let used = app.code(at: clock.now)
        let done = try await browser.post("/ru/account/second-factor/confirm", [("code", used)])
        #expect(done.status == 200)
        let codes = done.html.matches(of: /<li><code>([^<]+)<\/code><\/li>/).map { String($0.1) }
        #expect(codes.count >= 8)
        return (app, used, codes)
    }

    @Test("With a second factor the password alone is not enough, and each code works once")
    func signIn() async throws {
        let clock = TestClock()
        try await AccountPortal.test(clock: clock) { portal async throws in
            let owner = portal.browser()
            try await portal.register(owner, "a@example.kz", username: "aigul")
            let (app, used, codes) = try await setUp(portal, owner, clock)
            let browser = portal.browser()
            let step = try await portal.signIn(browser, "aigul")
            #expect(step.location == "/ru/login/code")
            #expect(try await browser.get("/ru/account").status == 303)
            try await browser.get("/ru/login/code")
            let replayed = try await browser.post("/ru/login/code", [("code", used)])
            #expect(replayed.status == 422, "the code that set it up was used")
            clock.advance(by: 60)
            let right = try await browser.post("/ru/login/code", [("code", app.code(at: clock.now))])
            #expect(right.location == "/ru/account")
            #expect(try await browser.get("/ru/account").status == 200)
            for isFirst in [true, false] {
                let other = portal.browser()
                try await portal.signIn(other, "aigul")
                try await other.get("/ru/login/code")
                let page = try await other.post("/ru/login/code", [("code", codes[0])])
                #expect(page.status == (isFirst ? 303 : 422))
            }
            #expect(try await portal.mails().contains { $0.message.subject == "Использован код восстановления" })
        }
    }

    @Test("The page also shows the key as an inline image with a text alternative in its language")
    func picture() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try await portal.register(browser, "a@example.kz", username: "aigul")
            for (language, name) in [
                ("kk", "Аутентификатор қолданбасына арналған QR-код"), ("ru", "QR-код для приложения-аутентификатора"),
                ("en", "QR code for the authenticator app"),
            ] {
                try await browser.get("/\(language)/account/second-factor")
                let page = try await browser.post("/\(language)/account/second-factor", [])
                let address = try #require(page.html.firstMatch(of: /href="(otpauth:[^"]+)"/)?.1)
                let code = try QRCode(String(address).replacing("&amp;", with: "&"))
                #expect(page.html.contains("<path d=\"\(code.path)\" fill=\"#000\"/>"))
                #expect(
                    page.html.contains("role=\"img\" aria-label=\"\(name)\" viewBox=\"0 0 \(code.side) \(code.side)\"")
                )
                #expect(!page.html.contains("style="), "the policy allows no style in the page")
            }
        }
    }

    @Test func theStepAfterThePasswordRunsOut() async throws {
        let clock = TestClock()
        try await AccountPortal.test(clock: clock) { portal async throws in
            let owner = portal.browser()
            try await portal.register(owner, "a@example.kz", username: "aigul")
            let app = try await setUp(portal, owner, clock).app
            let browser = portal.browser()
            try await portal.signIn(browser, "aigul")
            try await browser.get("/ru/login/code")
            clock.advance(by: 3_600)
            let late = try await browser.post("/ru/login/code", [("code", app.code(at: clock.now))])
            #expect(late.status == 410)
            #expect(try await portal.browser().get("/ru/login/code").location == "/ru/login")
        }
    }

    @Test func itIsGivenUpWithPasswordAndCode() async throws {
        let clock = TestClock()
        try await AccountPortal.test(clock: clock) { portal async throws in
            let browser = portal.browser()
            try await portal.register(browser, "a@example.kz", username: "aigul")
            let app = try await setUp(portal, browser, clock).app
            clock.advance(by: 60)
            let path = "/ru/account/second-factor/off"
            try await browser.get(path)
            func end(_ password: String, _ code: String) async throws -> Int {
                try await browser.post(path, [("current", password), ("code", code)]).status
            }
            #expect(try await end("not it at all", app.code(at: clock.now)) == 422)
            #expect(try await end(AccountPortal.password, "000000") == 422)
            #expect(try await end(AccountPortal.password, app.code(at: clock.now)) == 303)
            #expect(try await portal.signIn(portal.browser(), "aigul").location == "/ru/account")
        }
    }
}
