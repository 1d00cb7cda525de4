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

@Suite struct DirectoryTests {
    private func ids(_ client: any TestClientProtocol, _ uri: String) async throws -> [String] {
        ids(try await client.json(uri).body)
    }

    private func ids(_ body: [String: Any]) -> [String] {
        (body["organizations"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
    }

    @Test func nearestFirst() async throws {
        try await TestPortal.test { (client, _) async throws in
            let (status, body) = try await client.json("/api/v1/nearest?lon=0.3&lat=0.3&category=park&limit=5&lang=ru")
            #expect(status == 200)
            let results = body["results"] as? [[String: Any]] ?? []
            let names = results.compactMap { ($0["organization"] as? [String: Any])?["label"] as? String }
            #expect(names == ["Зелёный парк", "Яблоневый сад"])
            #expect((results.first?["distance_m"] as? NSNumber)?.doubleValue == 0)
        }
    }

    @Test func nearestWithinReachAndOpen() async throws {
        try await TestPortal.test { (client, _) async throws in
            let near = try await client.json("/api/v1/nearest?lon=0.3&lat=0.3&max_distance_m=1000")
            #expect((near.body["results"] as? [Any])?.count == 1)
            // 2026-11-23 is a Monday.
            let open = "/api/v1/nearest?lon=0.3&lat=0.3&open_at="
            let monday = try await client.json(open + "2026-11-23T10:00:00+05:00")
            #expect((monday.body["results"] as? [Any])?.count == 1)
            let sunday = try await client.json(open + "2026-11-22T10:00:00%2B05:00")
            #expect((sunday.body["results"] as? [Any])?.count == 0)
            let local = try await client.json(open + "2026-11-23T10:00")
            #expect((local.body["results"] as? [Any])?.count == 1)
            for wrong in ["tomorrow", "2026-02-30T10:00", "2026-11-23T24:00"] {
                #expect(try await client.json(open + wrong).status == 400)
            }
        }
    }

    @Test func pagesHoldEverythingOnce() async throws {
        try await TestPortal.test { (client, _) async throws in
            var seen: [String] = []
            var cursor: String?
            for _ in 0..<10 {
                let more = cursor.map { "&cursor=\($0)" } ?? ""
                let (status, body) = try await client.json("/api/v1/organizations?limit=1\(more)")
                #expect(status == 200)
                #expect(body["total"] as? Int == 4)
                seen += ids(body)
                cursor = body["next_cursor"] as? String
                if cursor == nil { break }
            }
            #expect(seen.sorted() == ["clinic", "clinic-25", "green", "orchard"])
        }
    }

    @Test func filtersOfTheList() async throws {
        try await TestPortal.test { (client, _) async throws in
            let list = "/api/v1/organizations?"
            #expect(try await ids(client, list + "category=leisure&district=east") == ["orchard"])
            #expect(try await ids(client, list + "bbox=0,0,0.4,0.4") == ["green"])
            #expect(try await ids(client, list + "q=%D0%B5%D0%BC%D1%85%D0%B0%D0%BD%D0%B0").count == 2)
            #expect(try await ids(client, list + "lon=0.3&lat=0.3&radius_m=1000") == ["green"])
        }
    }

    @Test("A box may cross the 180th meridian, and its south and north may be swapped")
    func boxes() async throws {
        try await TestPortal.test { (client, _) async throws in
            let list = "/api/v1/organizations?"
            let whole = try await ids(client, list + "bbox=-1,-1,3,3")
            #expect(whole.count == 3)
            #expect(try await ids(client, list + "bbox=-1,3,3,-1") == whole)
            #expect(try await ids(client, list + "bbox=170,-1,3,3") == whole)
            #expect(try await ids(client, list + "bbox=-1,-1,-170,3") == whole)
            #expect(try await ids(client, list + "bbox=170,-1,-170,3") == [])
        }
    }

    @Test(
        "Invalid filters get a problem response",
        arguments: [
            "category=casino", "district=nowhere", "bbox=1,2,3", "bbox=1,2,3,x", "bbox=1,2,3,91", "limit=0",
            "limit=100000",
            "cursor=zzz!", "radius_m=-1", "radius_m=5", "f=xml", "x=1", "lon=1",
        ]
    )
    func badFilters(query: String) async throws {
        try await TestPortal.test { (client, _) async throws in
            let (status, body) = try await client.json("/api/v1/organizations?\(query)")
            #expect(status == 400)
            #expect((body["errors"] as? [Any])?.isEmpty == false)
        }
    }

    @Test func oneOrganization() async throws {
        try await TestPortal.test { (client, _) async throws in
            let (status, body) = try await client.json("/api/v1/organizations/clinic?lang=ru")
            #expect(status == 200)
            #expect(body["category"] as? String == "polyclinic")
            #expect(body["group"] as? String == "health")
            #expect(body["opening_hours"] as? String == "Mo-Fr 09:00-18:00")
            #expect((body["provenance"] as? [String: Any])?["source"] as? String == "test")
            #expect(try await client.json("/api/v1/organizations/none").status == 404)
        }
    }

    @Test func geoJSONHasOnlyWhatHasAPosition() async throws {
        try await TestPortal.test { (client, _) async throws in
            try await client.execute(uri: "/api/v1/organizations?f=geojson", method: .get) { response in
                #expect(response.headers[.contentType] == "application/geo+json")
                let features = try object(response.body)["features"] as? [Any]
                #expect(features?.count == 3)
            }
        }
    }

    @Test("GeoJSON is the same compressed in one piece and uncompressed in chunks, and Vary says that it differs")
    func geoJSONPackedAndNot() async throws {
        try await TestPortal.test { (client, _) async throws in
            let address = "/api/v1/organizations?f=geojson&lang=ru"
            let plain = try await client.execute(uri: address, method: .get, headers: [.acceptEncoding: "identity"])
            let packed = try await client.execute(uri: address, method: .get, headers: [.acceptEncoding: "gzip"])
            for answer in [plain, packed] {
                #expect(answer.headers[.vary]?.contains("Accept-Encoding") == true)
                #expect(answer.headers[.eTag] != nil)
            }
            #expect(try object(plain.body)["features"] != nil)
            #expect(packed.headers[.contentEncoding] == nil || packed.headers[.contentEncoding] == "gzip")
            let again = try await client.execute(
                uri: address,
                method: .get,
                headers: [.acceptEncoding: "identity", .ifNoneMatch: try #require(plain.headers[.eTag])]
            )
            #expect(again.status == .notModified)
        }
    }

    @Test func theCategoryTree() async throws {
        try await TestPortal.test { (client, _) async throws in
            let (_, body) = try await client.json("/api/v1/categories?lang=ru")
            let groups = body["categories"] as? [[String: Any]] ?? []
            #expect(groups.map { $0["count"] as? Int } == [2, 2])
            let children = groups.first?["children"] as? [[String: Any]]
            #expect(children?.first?["label"] as? String == "Парки")
        }
    }

    @Test("A list is sent again only after an import")
    func entityTags() async throws {
        try await TestPortal.test { (client, _) async throws in
            let uri = "/api/v1/districts"
            let tag = try await client.execute(uri: uri, method: .get) { $0.headers[.eTag] }
            let known = try #require(tag)
            let again = try await client.execute(uri: uri, method: .get, headers: [.ifNoneMatch: known]) { $0.status }
            #expect(again == .notModified)
            let other = try await client.execute(uri: uri + "?lang=ru", method: .get) { $0.headers[.eTag] }
            #expect(other != known)
        }
    }
}
