import Configuration
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct MetricsAccessTests {
    private static let token = "0123456789abcdef"

    @Test("Without a token only this machine can read the metrics, and not through a proxy")
    func thisMachine() async throws {
        try await TestPortal.test { (client, _) async throws in
            #expect(try await client.text("/metrics").status == 200)
            for name in ["X-Forwarded-For", "X-Forwarded-Proto", "Forwarded", "Via", "X-Real-IP"] {
                let headers: HTTPFields = [try #require(.init(name)): "127.0.0.1"]
                #expect(try await client.text("/metrics", headers: headers).status == 403, "\(name)")
            }
        }
    }

    @Test(
        "With a token only its bearer can read the metrics",
        arguments: [
            ("Bearer 0123456789abcdef", 200), ("bearer  0123456789abcdef", 200), ("Bearer 0123456789abcdeF", 401),
            ("Basic 0123456789abcdef", 401), ("Bearer", 401), ("", 401), ("Bearer 0123456789abcdef0", 401),
        ]
    )
    func bearer(header: String, expected: Int) async throws {
        try await TestPortal.test(api: try settings()) { (client, _) async throws in
            try await client.execute(uri: "/metrics", method: .get, headers: [.authorization: header]) { answer in
                #expect(answer.status.code == expected)
                #expect((answer.headers[.wwwAuthenticate] != nil) == (expected == 401))
            }
        }
    }

    @Test(arguments: ["short", "0123456789abcdef 0", "0123456789abcde\u{451}"])
    func unusableTokens(token: String) {
        #expect(throws: SiteError.self) {
            try TestPortal.settings(["metrics.token": .init(.string(token), isSecret: true)])
        }
    }

    private func settings() throws -> APISettings {
        try TestPortal.settings(["metrics.token": .init(.string(Self.token), isSecret: true)]).api
    }
}
