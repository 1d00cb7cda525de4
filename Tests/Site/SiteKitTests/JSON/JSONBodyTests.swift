import Foundation
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct JSONBodyTests {
    private func faults(_ client: any TestClientProtocol, _ path: String, _ body: Data) async throws -> [String] {
        try await client.execute(
            uri: path,
            method: .post,
            headers: [.contentType: "application/json"],
            body: ByteBuffer(bytes: body)
        ) { response in
            guard response.status != .ok else { return [] }
            #expect(response.status == .badRequest)
            #expect(response.headers[.contentType]?.hasPrefix("application/problem+json") == true)
            let errors = try object(response.body)["errors"] as? [[String: String]] ?? []
            return errors.map { "\($0["field"] ?? "") \($0["code"] ?? "")" }
        }
    }

    @Test("Bodies are read as strictly as queries: unknown and repeated members and other encodings are refused")
    func strict() async throws {
        try await TestPortal.test { (client, _) async throws in
            for (path, name, value) in [
                ("/api/v1/resolve", "points", "[[76.9,43.2]]"), ("/api/v1/geocode", "texts", "[\"Абая 10\"]"),
            ] {
                let good = "{\"\(name)\": \(value)}"
                let cases: [(Data, [String])] = [
                    (Data(good.utf8), []),
                    (Data("{\"\(name)\": \(value), \"limti\": 1}".utf8), ["limti unknown_member"]),
                    (Data("{\"\(name)\": \(value), \"\(name)\": []}".utf8), ["\(name) repeated"]),
                    (Data("{\"\(name)\": \(value),}".utf8), ["body not_json"]),
                    (Data("\(good)\0".utf8), ["body not_json"]),
                    (try #require(good.data(using: .utf16)), ["body not_json"]),
                    (try #require(good.data(using: .utf16LittleEndian)), ["body not_json"]),
                    (Data("{\"\(name)\": {}}".utf8), ["\(name) not_\(name)"]),
                    (Data("{}".utf8), ["\(name) not_\(name)"]),
                    (Data("[]".utf8), ["\(name) not_\(name)"]), (Data(), ["body not_json"]),
                ]
                for (body, expected) in cases {
                    #expect(
                        try await faults(client, path, body) == expected,
                        "\(String(decoding: body, as: UTF8.self))"
                    )
                }
            }
        }
    }

    @Test("Texts have no control characters, but may have several lines")
    func controls() async throws {
        try await TestPortal.test { (client, _) async throws in
            for sign in ["\\u0000", "\\u001b", "\\u007f", "\\ufffd"] {
                let body = Data("{\"texts\": [\"Абая 10\", \"Абая\(sign) 10\"]}".utf8)
                #expect(try await faults(client, "/api/v1/geocode", body) == ["texts[1] not_text"], "\(sign)")
            }
            let lone = Data("{\"texts\": [\"\\ud800\"]}".utf8)
            #expect(try await faults(client, "/api/v1/geocode", lone) == ["body not_json"])
            let lines = Data("{\"texts\": [\"Абая 10\\nАбая\\t12\\r\\n\"]}".utf8)
            #expect(try await faults(client, "/api/v1/geocode", lines) == [])
        }
    }
}
