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

@Suite struct ConditionalRequestTests {
    private static let calls = MapSite.Operation.all.filter { $0.method == "GET" && $0.kind.isShared }.map(\.id)

    private func address(_ id: String) throws -> (MapSite.Operation, String) {
        let operation = try #require(MapSite.Operation.all.first { $0.id == id })
        return (operation, SampleCalls.address(operation))
    }

    @Test("Every reading call has an ETag, which is recognised alone, in a list and as a weak tag", arguments: calls)
    func tags(id: String) async throws {
        let (_, uri) = try address(id)
        try await TestPortal.test { (client, _) async throws in
            for coding in ["identity", "gzip"] {
                for method in [HTTPRequest.Method.get, .head] {
                    let usual: HTTPFields = [.acceptEncoding: coding]
                    let first = try await client.execute(uri: uri, method: method, headers: usual) { $0 }
                    #expect(first.status == .ok, "\(uri)")
                    let tag = try #require(first.headers[.eTag], "\(uri)")
                    for known in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
                        var headers = usual
                        headers[.ifNoneMatch] = known
                        let again = try await client.execute(uri: uri, method: method, headers: headers) { $0 }
                        #expect(again.status == .notModified, "\(uri) \(known)")
                        // For `*` the tag is unknown, because the response is not made.
                        #expect(known == "*" || again.headers[.eTag] == tag, "\(uri) \(known)")
                        #expect(again.headers[.vary] != nil && again.headers[.cacheControl] != nil)
                        #expect(again.body.readableBytes == 0)
                    }
                    var headers = usual
                    headers[.ifNoneMatch] = "\"other\""
                    #expect(try await client.execute(uri: uri, method: method, headers: headers) { $0.status } == .ok)
                }
            }
        }
    }

    @Test("A response names the headers it depends on in Vary", arguments: calls)
    func varies(id: String) async throws {
        let (operation, uri) = try address(id)
        try await TestPortal.test { (client, _) async throws in
            let plain = try await client.execute(uri: uri, method: .get) { $0 }
            let packed = try await client.execute(uri: uri, method: .get, headers: [.acceptEncoding: "gzip"]) { $0 }
            let vary = plain.headers[.vary] ?? ""
            if operation.parameters.contains(where: { $0.name == "lang" }) { #expect(vary.contains("Accept-Language")) }
            if operation.answers.count > 1 { #expect(vary.split(separator: ", ").contains("Accept")) }
            #expect((packed.headers[.contentEncoding] == nil) || vary.contains("Accept-Encoding"))
            #expect(packed.headers[.vary] == plain.headers[.vary])
        }
    }

    @Test("HEAD returns the same headers as GET")
    func head() async throws {
        try await TestPortal.test { (client, _) async throws in
            for uri in ["/api/v1/districts", "/tiles/style.json", "/ru/", "/api/openapi.json"] {
                let headers: HTTPFields = [.acceptEncoding: "gzip"]
                let get = try await client.execute(uri: uri, method: .get, headers: headers) { $0 }
                let head = try await client.execute(uri: uri, method: .head, headers: headers) { $0 }
                for name in [HTTPField.Name.eTag, .contentType, .contentEncoding, .vary] {
                    #expect(get.headers[name] == head.headers[name], "\(uri) \(name)")
                }
            }
        }
    }

    @Test func whatIsNeverKeptHasNoTag() async throws {
        try await TestPortal.test { (client, _) async throws in
            for uri in ["/healthz", "/readyz", "/metrics", "/api/v1/captcha/challenge", "/api/v1/none"] {
                let headers = try await client.execute(uri: uri, method: .get) { $0.headers }
                #expect(headers[.eTag] == nil && headers[.cacheControl] == "no-store", "\(uri)")
            }
        }
    }
}
