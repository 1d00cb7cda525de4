import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Web

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
