import Civic
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct SecurityHeadersTests {
    private func header(_ name: String) throws -> HTTPField.Name { try #require(HTTPField.Name(name)) }

    @Test(
        "Pages have the document policy whatever their URL ends with",
        arguments: [
            "/ru/", "/ru/none", "/ru/none.mvt", "/none.json", "/ru/districts/none.mvt",
        ]
    )
    func pages(uri: String) async throws {
        let (opener, permissions) = (try header("Cross-Origin-Opener-Policy"), try header("Permissions-Policy"))
        try await TestPortal.test { (client, _) async throws in
            try await client.execute(uri: uri, method: .get) { answer in
                #expect(answer.headers[.contentType]?.hasPrefix("text/html") == true)
                #expect(answer.headers[.contentSecurityPolicy]?.contains("frame-ancestors 'none'") == true)
                #expect(answer.headers[.contentSecurityPolicy]?.contains("script-src 'self'") == true)
                #expect(answer.headers[opener] == "same-origin")
                #expect(answer.headers[permissions]?.contains("camera=()") == true)
            }
        }
    }

    @Test(
        "Responses that are not documents may load nothing",
        arguments: [
            "/api/v1/districts", "/api/v1/none", "/tiles/districts/99/0/0.mvt", "/api/v1/resolve?lon=x",
            "/assets/none.js",
            "/api/v1/districts?f=geojson", "/robots.txt", "/metrics",
        ]
    )
    func programs(uri: String) async throws {
        try await TestPortal.test { (client, _) async throws in
            try await client.execute(uri: uri, method: .get) { answer in
                #expect(answer.headers[.contentSecurityPolicy] == "default-src 'none'; frame-ancestors 'none'")
            }
        }
    }

    @Test(
        "Pages with a token in the URL send no referrer, and no link passes the token on",
        arguments: [
            "/ru/activate/%@", "/ru/password/reset/%@", "/ru/erase/%@", "/ru/email/confirm/%@", "/ru/auth/link/%@",
        ]
    )
    func secretAddresses(pattern: String) async throws {
        let policy = try header("Referrer-Policy")
        try await AccountPortal.test { portal async throws in
            let token = SecretToken().text
            let page = try await portal.browser().get(pattern.replacing("%@", with: token))
            #expect(page.headers[policy] == "no-referrer")
            if let location = page.location { #expect(!location.contains(token)) }
            // The page's own URL in another language and its own form action are allowed; the token must not be inside
            // another URL.
            let links = page.html.matches(of: /(?:href|action|src)="([^"]*)"/).map { String($0.1) }
            #expect(page.status != 200 || !links.isEmpty)
            let carrying = links.filter { $0.contains(token) }
            let own = ["kk", "ru", "en"].map { "/\($0)" + pattern.replacing("%@", with: token).dropFirst(3) }
            #expect(carrying.allSatisfy(own.contains), "\(carrying)")
        }
    }

    @Test func theChoiceOfALanguageTellsNobodyWhereItLeads() async throws {
        let policy = try header("Referrer-Policy")
        try await AccountPortal.test { portal async throws in
            let answer = try await portal.browser().get("/language/kk?to=/ru/activate/abc")
            #expect(answer.status == 303 && answer.headers[policy] == "no-referrer")
        }
    }
}
