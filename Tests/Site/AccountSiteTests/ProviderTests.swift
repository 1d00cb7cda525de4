import Configuration
import Foundation
import HTTPTypes
import Hummingbird
import TestSupport
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct ProviderTests {
    private static let google: [AbsoluteConfigKey: ConfigValue] = [
        "google.client.id": ConfigValue(.string("client"), isSecret: false),
        "google.client.secret": ConfigValue(.string("secret"), isSecret: true),
    ]

    @Test func providersAreHiddenUntilTheyAreSetUp() async throws {
        try await AccountPortal.test { portal async throws in
            #expect(!(try await portal.browser().get("/ru/login").html.contains("/auth/")))
            for path in ["/auth/google", "/auth/google/callback?code=a&state=b", "/auth/oidc"] {
                #expect(try await portal.browser().get(path).status == 404, "\(path)")
            }
        }
        try await AccountPortal.test(Self.google) { portal async throws in
            let html = try await portal.browser().get("/ru/login?to=/ru/map").html
            #expect(html.contains("href=\"/auth/google?lang=ru&amp;to=%2Fru%2Fmap\""))
            #expect(html.contains("Войти через Google"))
            #expect(!html.contains("Facebook"))
            #expect(try await portal.browser().get("/auth/facebook").status == 404)
        }
    }

    @Test(
        "A callback without an attempt in this browser signs nobody in",
        arguments: [
            "code=a&state=b", "code=a", "state=b", "", "code=a&code=b&state=c",
            "code=a&state=" + String(repeating: "A", count: 43),
        ]
    )
    func strangeAnswers(query: String) async throws {
        try await AccountPortal.test(Self.google) { portal async throws in
            let browser = portal.browser()
            browser.plant("oa_identity", String(repeating: "A", count: 43))
            let page = try await browser.get("/auth/google/callback?" + query)
            #expect(page.status == 400)
            #expect(browser.cookies["oa_session"] == nil)
            #expect(page.html.contains("Жауап қабылданбады"))
        }
    }

    @Test("The back button after signing in through a provider leads a signed-in person home")
    func backButton() async throws {
        try await AccountPortal.test(Self.google) { portal async throws in
            let browser = portal.browser()
            try await portal.register(browser, "a@example.kz", username: "aigul")
            let path = "/auth/google/callback?code=a&state=" + String(repeating: "A", count: 43)
            #expect(try await browser.get(path).location == "/ru/")
            let words = try await browser.get("/auth/google/callback?error=access_denied&lang=ru")
            #expect(words.status == 200 && words.html.contains("Вы отказались от входа"))
        }
    }

    @Test func whoSaidNoIsToldSo() async throws {
        try await AccountPortal.test(Self.google) { portal async throws in
            let page = try await portal.browser().get("/auth/google/callback?error=access_denied&lang=ru")
            #expect(page.status == 200)
            #expect(page.html.contains("Вы отказались от входа"))
        }
    }

    @Test("Linking requires a form with its token, which redirects to the provider; a URL alone links nothing")
    func linking() async throws {
        try await LoopbackServer.run(Self.discovery()) { base in
            let settings: [AbsoluteConfigKey: ConfigValue] = [
                "oidc.client.id": ConfigValue(.string("client"), isSecret: false),
                "oidc.client.secret": ConfigValue(.string("secret"), isSecret: true),
                "oidc.issuer": ConfigValue(.string(base), isSecret: false),
            ]
            try await AccountPortal.test(settings) { portal async throws in
                let browser = portal.browser()
                #expect(try await browser.post("/auth/oidc?lang=ru", []).location?.hasPrefix("/ru/login") == true)
                try await portal.register(browser, "a@example.kz", username: "aigul")
                let page = try await browser.get("/ru/account/identities")
                #expect(page.html.contains("<form method=\"post\" action=\"/auth/oidc?lang=ru\""))
                #expect(!page.html.contains("link="))
                #expect(try await browser.post("/auth/oidc?lang=ru", [], token: "AAAA").status == 403)
                #expect(browser.cookies["oa_identity"] == nil)
                let passage = try await browser.post("/auth/oidc?lang=ru", [])
                let refresh = try #require(HTTPField.Name("Refresh").flatMap { passage.headers[$0] })
                #expect(passage.status == 200 && refresh.hasPrefix("0;url=\(base)/authorize?"))
                #expect(browser.cookies["oa_identity"] != nil)
            }
        }
    }

    private static func discovery() -> Router<BasicRequestContext> {
        let router = Router()
        router.get(".well-known/openid-configuration") { request, _ in
            let base = "http://\(request.head.authority ?? "")"
            let text = """
                {"issuer":"\(base)","authorization_endpoint":"\(base)/authorize","token_endpoint":"\(base)/token",
                "jwks_uri":"\(base)/keys","response_types_supported":["code"],
                "code_challenge_methods_supported":["S256"],"id_token_signing_alg_values_supported":["RS256"]}
                """
            return Response(
                status: .ok,
                headers: [.contentType: "application/json"],
                body: .init(byteBuffer: .init(string: text))
            )
        }
        return router
    }

    @Test(
        "Unusable settings keep the server from starting",
        arguments: [
            ["google.client.id": "client"], ["oidc.client.id": "client", "oidc.client.secret": "secret"],
            ["oidc.client.id": "c", "oidc.client.secret": "s", "oidc.issuer": "http://provider.example"],
            ["facebook.client.id": "c", "facebook.client.secret": "s", "facebook.token.url": "https://a.example/"],
            ["captcha.kind": "none"], ["captcha.kind": "turnstile"],
            ["captcha.kind": "recaptcha", "captcha.site.key": "a"],
            ["operator.name": "ТОО"], ["operator.contact": "call us"], ["operator.bin": "990440000385 "],
            ["operator.name": "ТОО", "operator.contact": "a@example.kz", "operator.bin": "990440000384 "],
            ["trusted.proxy": "localhost"], ["limit.registrations": "0"], ["password.concurrency": "0"],
        ]
    )
    func unusable(values: [String: String]) throws {
        var settings: [AbsoluteConfigKey: ConfigValue] = [:]
        for (key, value) in values {
            let content = Int(value).map { ConfigContent.int($0) } ?? .string(value)
            settings[AbsoluteConfigKey(stringLiteral: key)] = ConfigValue(content, isSecret: false)
        }
        #expect(throws: SiteError.self) { try TestPortal.settings(settings) }
    }
}
