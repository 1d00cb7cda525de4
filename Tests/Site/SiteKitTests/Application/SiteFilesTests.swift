import Configuration
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct SiteFilesTests {
    private func security(_ values: [AbsoluteConfigKey: ConfigValue]) async throws -> (Int, [String: String]) {
        nonisolated(unsafe) var answer = (0, [String: String]())
        try await AccountPortal.test(values) { portal async throws in
            let page = try await portal.browser().get("/.well-known/security.txt")
            let fields = page.html.split(separator: "\n").map { $0.split(separator: ": ", maxSplits: 1) }
            let pairs = fields.filter { $0.count == 2 }.map { (String($0[0]), String($0[1])) }
            answer = (page.status, Dictionary(pairs) { first, _ in first })
            if page.status == 200 { #expect(page.headers[.contentType] == "text/plain; charset=utf-8") }
        }
        return answer
    }

    @Test(
        "security.txt has the operator's contact and an expiry within a year (RFC 9116 §2.5)",
        arguments: [
            ("help@example.kz", "mailto:help@example.kz"), ("+7 727 123 45 67", "tel:+77271234567"),
        ]
    )
    func names(contact: String, expected: String) async throws {
        let (status, fields) = try await security([
            "operator.name": .init(.string("Test"), isSecret: false),
            "operator.contact": .init(.string(contact), isSecret: false),
        ])
        #expect(status == 200)
        #expect(fields["Contact"] == expected)
        let end = try Date(try #require(fields["Expires"]), strategy: .iso8601)
        #expect(end > Date() && end < Date() + 365 * 86_400)
    }

    @Test func thereIsNoneWithoutAnOperator() async throws { #expect(try await security([:]).0 == 404) }

    @Test func robots() async throws {
        try await TestPortal.test { (client, _) async throws in
            let (status, text) = try await client.text("/robots.txt")
            #expect(status == 200)
            #expect(text.hasPrefix("User-agent: *\n") && text.contains("Disallow: /api/v1/\n"))
        }
    }
}
