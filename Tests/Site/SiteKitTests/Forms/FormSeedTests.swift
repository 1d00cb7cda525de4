import Civic
import Crypto
import Foundation
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct FormSeedTests {
    // The token without its random pad.
    private func plain(_ token: String) throws -> String {
        let bytes = try #require(Base64URL.decode(token).map(Array.init))
        let half = bytes.count / 2
        return String(decoding: zip(bytes[..<half], bytes[half...]).map { $0 ^ $1 }, as: UTF8.self)
    }

    @Test(
        "No form reveals the captcha key, whatever cookie the browser sends",
        arguments: ["captcha", "challenge"]
    )
    func captchaKey(planted: String) async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            browser.plant("oa_form", planted)
            let token = try #require(try await browser.get("/ru/register").hidden("csrf"))
            let key = SymmetricKey(data: Data(try plain(token).utf8))
            let body = try await portal.client.json("/api/v1/captcha/challenge").body
            let challenge = try #require(body["challenge"] as? String)
            let forged = HMAC<SHA256>.authenticationCode(for: Data(challenge.utf8), using: key)
            #expect(forged.map { String(format: "%02x", $0) }.joined() != body["signature"] as? String)
        }
    }

    @Test(
        "A cookie that the portal did not make is not used as a seed: the browser gets another",
        arguments: ["captcha", String(repeating: "A", count: 42), String(repeating: "A", count: 42) + "B"]
    )
    func seedsAreOurs(planted: String) async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            browser.plant("oa_form", planted)
            try await browser.get("/ru/login")
            let seed = try #require(browser.cookies["oa_form"])
            #expect(seed != planted && seed.utf8.count == 43)
            try await browser.get("/ru/login")
            #expect(browser.cookies["oa_form"] == seed)
        }
    }
}
