import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct SharingTests {
    private static let origin = HTTPField.Name.origin

    @Test(
        "Scripts of other origins can read responses and errors that need no key; never with credentials",
        arguments: [
            "/api/v1/resolve?lon=0.2&lat=0.2", "/api/v1/resolve?lon=x", "/api/v1/districts",
            "/api/v1/organizations/none",
            "/tiles/style.json", "/tiles/districts.json", "/tiles/districts/0/0/0.mvt", "/tiles/districts/40/0/0.mvt",
            "/api/openapi.json",
        ]
    )
    func shared(uri: String) async throws {
        let policy = try #require(HTTPField.Name("Cross-Origin-Resource-Policy"))
        try await TestPortal.test { (client, _) async throws in
            for method in [HTTPRequest.Method.get, .head] {
                try await client.execute(uri: uri, method: method, headers: [Self.origin: "https://a.example"]) {
                    answer in
                    #expect(answer.headers[.accessControlAllowOrigin] == "*")
                    #expect(answer.headers[.accessControlAllowCredentials] == nil)
                    #expect(answer.headers[policy] == "cross-origin")
                }
            }
        }
    }

    @Test(arguments: [
        "/ru/", "/ru/login", "/api/docs", "/assets/app.css", "/healthz", "/metrics", "/api/v1/captcha/challenge",
        "/ru/none",
    ])
    func notShared(uri: String) async throws {
        let policy = try #require(HTTPField.Name("Cross-Origin-Resource-Policy"))
        try await TestPortal.test { (client, _) async throws in
            for method in [HTTPRequest.Method.get, .options] {
                let headers: HTTPFields = [Self.origin: "https://a.example", .accessControlRequestMethod: "GET"]
                try await client.execute(uri: uri, method: method, headers: headers) { answer in
                    #expect(answer.headers[.accessControlAllowOrigin] == nil)
                    #expect(method == .get || answer.status == .methodNotAllowed || answer.status == .notFound)
                    #expect(answer.headers[policy] == "same-origin")
                }
            }
        }
    }

    @Test(arguments: [
        ("/api/v1/geocode", "GET, HEAD, POST"), ("/api/v1/resolve", "GET, HEAD, POST"),
        ("/api/v1/nearest", "GET, HEAD"),
        ("/tiles/districts/0/0/0.mvt", "GET, HEAD"),
    ])
    func preflight(uri: String, methods: String) async throws {
        try await TestPortal.test { (client, _) async throws in
            let headers: HTTPFields = [
                Self.origin: "https://a.example", .accessControlRequestMethod: "POST",
                .accessControlRequestHeaders: "content-type",
            ]
            try await client.execute(uri: uri, method: .options, headers: headers) { answer in
                #expect(answer.status == .noContent)
                #expect(answer.headers[.accessControlAllowOrigin] == "*")
                #expect(answer.headers[.accessControlAllowMethods] == methods)
                #expect(answer.headers[.accessControlAllowHeaders]?.contains("Content-Type") == true)
                #expect(answer.headers[.accessControlAllowCredentials] == nil)
            }
        }
    }
}
