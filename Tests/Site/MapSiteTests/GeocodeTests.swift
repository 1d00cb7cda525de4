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

@Suite struct GeocodeTests {
    @Test func findsAndSaysHow() async throws {
        try await TestPortal.test { (client, _) async throws in
            let question = Link.encode("пр. Абая 10 кв 3")
            let (status, body) = try await client.json("/api/v1/geocode?q=\(question)&lang=ru")
            #expect(status == 200)
            #expect(body["query"] as? String == "пр. Абая 10 кв 3")
            #expect((body["parsed"] as? [String: Any])?["house"] as? String == "10")
            #expect((body["parsed"] as? [String: Any])?["flat"] as? String == "3")
            let best = (body["results"] as? [[String: Any]])?.first
            #expect(best?["kind"] as? String == "address")
            #expect(best?["match"] as? String == "exact")
            #expect(best?["district"] as? String == "west")
            #expect((best?["lon"] as? NSNumber)?.doubleValue == 0.2)
        }
    }

    private func post(_ body: String) async throws -> (Int, [String: Any]) {
        nonisolated(unsafe) var answer: (Int, [String: Any]) = (0, [:])
        try await TestPortal.test { (client, _) async throws in
            answer = try await client.execute(
                uri: "/api/v1/geocode?lang=ru",
                method: .post,
                headers: [.contentType: "application/json"],
                body: ByteBuffer(string: body)
            ) { response in (response.status.code, try object(response.body)) }
        }
        return answer
    }

    @Test("Every address in a text is answered, in order")
    func severalAddresses() async throws {
        let (status, body) = try await post(#"{"texts":["Отключат воду: пр. Абая 10, 48А; Сатпаева 164 к4","нет"]}"#)
        #expect(status == 200)
        let texts = body["results"] as? [[String: Any]] ?? []
        #expect(texts.count == 2)
        let labels = (texts.first?["addresses"] as? [[String: Any]] ?? []).compactMap { address in
            (address["results"] as? [[String: Any]])?.first?["label"] as? String
        }
        #expect(labels == ["проспект Абая, 10", "проспект Абая, 48А", "улица Сатпаева, 164 к4"])
        #expect((texts.last?["addresses"] as? [Any])?.isEmpty == true)
    }

    @Test(arguments: [
        (#"{"texts":"x"}"#, 400), ("[]", 400), (#"{"texts":[]}"#, 200),
        (#"{"texts":["\#(String(repeating: "a", count: 4_001))"]}"#, 422),
    ])
    func hostileTexts(body: String, expected: Int) async throws {
        #expect(try await post(body).0 == expected)
    }

    @Test func reverseNearestFirst() async throws {
        try await TestPortal.test { (client, _) async throws in
            let (status, body) = try await client.json("/api/v1/reverse?lon=0.2&lat=0.5&limit=2&lang=ru")
            #expect(status == 200)
            let labels = (body["results"] as? [[String: Any]] ?? []).compactMap { $0["label"] as? String }
            #expect(labels == ["проспект Абая, 10", "микрорайон Самал-2, 58"])
        }
    }

    @Test(
        arguments: [
            ("geocode", 400), ("geocode?q=", 400), ("geocode?q=%D0", 400), ("geocode?q=a%00b", 400),
            ("geocode?q=x&limit=1000", 400), ("reverse?lon=1", 400), ("geocode?q=%20%20", 200),
            ("geocode?q=%27%3B%20DROP%20TABLE%20street", 200),
        ])
    func hostile(call: String, expected: Int) async throws {
        try await TestPortal.test { (client, _) async throws in
            #expect(try await client.json("/api/v1/\(call)").status == expected)
        }
    }

    @Test func aQuestionTooLongIsRefused() async throws {
        try await TestPortal.test { (client, _) async throws in
            let text = String(repeating: "a", count: 10_000)
            #expect(try await client.json("/api/v1/geocode?q=\(text)").status == 400)
            #expect(try await client.text("/ru/search?q=\(text)").status == 200)
        }
    }
}
