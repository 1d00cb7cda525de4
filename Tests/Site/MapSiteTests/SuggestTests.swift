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

@Suite struct SuggestTests {
    private func suggestions(_ query: String) async throws -> [[String: Any]] {
        nonisolated(unsafe) var found: [[String: Any]] = []
        try await TestPortal.test { (client, _) async throws in
            let (status, body) = try await client.json("/api/v1/suggest?\(query)")
            #expect(status == 200)
            found = body["suggestions"] as? [[String: Any]] ?? []
        }
        return found
    }

    @Test func completesAStreet() async throws {
        let first = try #require(try await suggestions("q=\(Link.encode("аб"))&lang=ru").first)
        #expect(first["label"] as? String == "проспект Абая")
        #expect(first["kind"] as? String == "street")
        #expect(first["completion"] as? String == "проспект Абая, ")
        let parts = first["parts"] as? [[String: Any]] ?? []
        #expect(parts.compactMap { $0["text"] as? String }.joined() == "проспект Абая")
        #expect(parts.filter { $0["match"] as? Bool == true }.compactMap { $0["text"] as? String } == ["Аб"])
    }

    @Test("A street followed by a space is completed with its houses")
    func houses() async throws {
        let labels = try await suggestions("q=\(Link.encode("абая "))&lang=ru").compactMap { $0["label"] as? String }
        #expect(labels.contains("проспект Абая, 10"))
        #expect(labels.contains("проспект Абая, 48А"))
        let narrowed = try await suggestions("q=\(Link.encode("абая 4"))&lang=ru").compactMap { $0["label"] as? String }
        #expect(narrowed.first == "проспект Абая, 48А")
    }

    @Test func mixesCategoriesAndInstitutions() async throws {
        let found = try await suggestions("q=\(Link.encode("поликл"))&lang=ru")
        #expect(found.first?["kind"] as? String == "category")
        #expect(found.first?["page"] as? String == "/ru/directory/polyclinic")
        #expect(found.contains { $0["id"] as? String == "clinic" })
    }

    @Test("Input in another alphabet or with a typing mistake is completed too", arguments: ["aba", "сатпаи", "satp"])
    func forgiving(text: String) async throws {
        let found = try await suggestions("q=\(Link.encode(text))&lang=ru")
        #expect(found.contains { $0["kind"] as? String == "street" })
    }

    @Test(arguments: [
        ("suggest", 400), ("suggest?q=", 400), ("suggest?q=a%00", 400), ("suggest?q=x&limit=0", 400),
        ("suggest?q=x&lon=1", 400), ("suggest?q=x&unknown=1", 400), ("suggest?q=%20", 200),
    ])
    func hostile(call: String, expected: Int) async throws {
        try await TestPortal.test { (client, _) async throws in
            #expect(try await client.json("/api/v1/\(call)").status == expected)
        }
    }
}
