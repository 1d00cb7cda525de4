import Foundation
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct ReverseTests {
    private static let keys = [
        "inside", "precision", "district", "microdistrict", "street", "crossing", "place", "results",
    ]

    @Test func saysWhatIsNear() async throws {
        try await TestPortal.test { (client, _) async throws in
            let (status, body) = try await client.json("/api/v1/reverse?lon=1.2004&lat=0.5002&limit=2&lang=ru")
            #expect(status == 200)
            #expect(Set(body.keys) == Set(Self.keys))
            #expect(body["inside"] as? Bool == true)
            #expect(body["precision"] as? String == "street")
            #expect((body["district"] as? [String: Any])?["slug"] as? String == "east")
            let street = body["street"] as? [String: Any]
            #expect(street?["id"] as? String == "abay")
            #expect(street?["label"] as? String == "проспект Абая")
            #expect((street?["distance_m"] as? NSNumber)?.doubleValue == 22.1)
            // House numbers on the avenue increase from west to east.
            #expect(street?["side"] as? String == "left")
            #expect(street?["districts"] as? [String] == ["west", "east"])
            let crossing = body["crossing"] as? [String: Any]
            #expect(crossing?["label"] as? String == "проспект Абая / улица Сатпаева")
            #expect(crossing?["streets"] as? [String] == ["abay", "satpaev"])
            #expect((crossing?["distance_m"] as? NSNumber)?.doubleValue == 49.7)
            let results = body["results"] as? [[String: Any]] ?? []
            #expect(results.count == 2)
            #expect(results.allSatisfy { $0["distance_m"] is NSNumber && $0["precision"] is String })
            #expect(results.allSatisfy { $0.keys.contains("side") && $0.keys.contains("same_side") })
        }
    }

    @Test func theNearestNamedThing() async throws {
        try await TestPortal.test { (client, _) async throws in
            let (_, body) = try await client.json("/api/v1/reverse?lon=0.31&lat=0.32&lang=ru")
            let place = body["place"] as? [String: Any]
            #expect(place?["kind"] as? String == "stop")
            #expect(place?["label"] as? String == "Парк")
            #expect(place?["direction"] as? String == "n")
            #expect(place?["inside"] as? Bool == false)
            #expect((place?["distance_m"] as? NSNumber)?.doubleValue == 1_105.7)
            let (_, near) = try await client.json("/api/v1/reverse?lon=0.2501&lat=0.25&lang=en")
            #expect(near["place"] is NSNull)
            #expect((near["microdistrict"] as? [String: Any])?["by"] as? String == "house")
        }
    }

    @Test(
        "Any point on earth gets an answer with a distance",
        arguments: ["lon=3&lat=0.5", "lon=180&lat=90", "lon=0&lat=-90"]
    )
    func outside(point: String) async throws {
        try await TestPortal.test { (client, _) async throws in
            let (status, body) = try await client.json("/api/v1/reverse?\(point)")
            #expect(status == 200)
            #expect(body["inside"] as? Bool == false)
            #expect(body["district"] is NSNull)
            #expect(body["precision"] as? String == "area")
            let place = body["place"] as? [String: Any]
            #expect(place?["kind"] as? String == "district")
            #expect(((place?["distance_m"] as? NSNumber)?.doubleValue ?? 0) > 100_000)
            #expect((body["results"] as? [[String: Any]])?.isEmpty == false)
        }
    }

    @Test("Coordinates in the wrong order are pointed out")
    func swapped() async throws {
        try await TestPortal.test { (client, _) async throws in
            #expect(
                try await client.json("/api/v1/reverse?lon=0.5&lat=1.5").body["hint"] as? String == "lon_lat_swapped"
            )
        }
    }

    @Test(
        "Hostile input is refused",
        arguments: [
            "", "lon=1", "lat=1", "lon=x&lat=1", "lon=nan&lat=1", "lon=inf&lat=1", "lon=1e400&lat=1", "lon=181&lat=1",
            "lon=1&lat=91", "lon=1&lat=1&limit=0", "lon=1&lat=1&limit=51", "lon=1&lat=1&limit=1e3", "lon=1&lat=1&q=a",
            "lon=1&lon=2&lat=1", "lon=1&lat=1&lang=de", "lon=%D0&lat=1", "lon=1,5&lat=1",
        ]
    )
    func hostile(query: String) async throws {
        try await TestPortal.test { (client, _) async throws in
            let (status, body) = try await client.json("/api/v1/reverse?\(query)")
            #expect(status == 400)
            #expect((body["errors"] as? [Any])?.isEmpty == false)
        }
    }
}
