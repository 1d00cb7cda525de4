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

@Suite struct ResolveTests {
    @Test func insideTheCity() async throws {
        try await TestPortal.test { (client, _) async throws in
            let (status, body) = try await client.json("/api/v1/resolve?lon=0.25&lat=0.2501&lang=ru")
            #expect(status == 200)
            #expect(body["inside"] as? Bool == true)
            let district = body["district"] as? [String: Any]
            #expect(district?["slug"] as? String == "west")
            #expect(district?["label"] as? String == "Западный район")
            #expect((district?["name"] as? [String: Any])?["kk"] as? String == "Батыс ауданы")
            let address = body["address"] as? [String: Any]
            #expect(address?["label"] as? String == "микрорайон Самал-2, 58")
            let distance = (address?["distance_m"] as? NSNumber)?.doubleValue ?? 0
            #expect(abs(distance - 11.1) < 0.2)
            #expect((body["microdistrict"] as? [String: Any])?["id"] as? String == "samal-2")
            #expect((body["authority"] as? [String: Any])?["id"] as? String == "akimat-west")
            #expect((body["boundary_version"] as? String)?.isEmpty == false)
        }
    }

    @Test func outsideTheCity() async throws {
        try await TestPortal.test { (client, _) async throws in
            let (status, body) = try await client.json("/api/v1/resolve?lon=2.5&lat=0.5")
            #expect(status == 200)
            #expect(body["inside"] as? Bool == false)
            #expect(body["district"] is NSNull)
            #expect((body["nearest_district"] as? [String: Any])?["slug"] as? String == "east")
            #expect(((body["distance_m"] as? NSNumber)?.doubleValue ?? 0) > 55_000)
        }
    }

    @Test("Swapped coordinates get a hint")
    func swapped() async throws {
        try await TestPortal.test { (client, _) async throws in
            let (_, body) = try await client.json("/api/v1/resolve?lon=0.5&lat=1.5")
            #expect(body["inside"] as? Bool == false)
            #expect(body["hint"] as? String == "lon_lat_swapped")
        }
    }

    @Test(
        "Each invalid query gets a problem response that names the parameter",
        arguments: [
            ("lon=0.5", "lat", "missing"), ("", "lon", "missing"), ("lon=x&lat=0.5", "lon", "not_a_number"),
            ("lon=NaN&lat=0.5", "lon", "not_a_number"), ("lon=inf&lat=0.5", "lon", "not_a_number"),
            ("lon=181&lat=0.5", "lon", "outside_world"), ("lon=0.5&lat=-91", "lat", "outside_world"),
            ("lon=0.5&lat=0.5&colour=red", "colour", "unknown_parameter"),
            ("lon=0.5&lon=0.6&lat=0.5", "lon", "repeated"), ("lon=0.5&lat=0.5&lang=de", "lang", "not_a_choice"),
            ("lon=%FF&lat=0.5", "lon", "not_text"),
        ]
    )
    func badQueries(query: String, field: String, code: String) async throws {
        try await TestPortal.test { (client, _) async throws in
            try await client.execute(uri: "/api/v1/resolve?\(query)", method: .get) { response in
                #expect(response.status == .badRequest)
                #expect(response.headers[.contentType]?.hasPrefix("application/problem+json") == true)
                let errors = try object(response.body)["errors"] as? [[String: String]]
                #expect(errors?.first?["field"] == field)
                #expect(errors?.first?["code"] == code)
                #expect(errors?.first?["detail"]?.contains("fault_") == false)
            }
        }
    }

    private func post(_ body: String, type: String = "application/json") async throws -> (Int, [String: Any]) {
        nonisolated(unsafe) var answer: (Int, [String: Any]) = (0, [:])
        try await TestPortal.test { (client, _) async throws in
            answer = try await client.execute(
                uri: "/api/v1/resolve",
                method: .post,
                headers: [.contentType: type],
                body: ByteBuffer(string: body)
            ) { response in (response.status.code, try object(response.body)) }
        }
        return answer
    }

    @Test func manyInOrder() async throws {
        let (status, body) = try await post(#"{"points":[[1.5,0.5],[9,9],[1,0.5],[0.5,0.5]]}"#)
        #expect(status == 200)
        let results = body["results"] as? [[String: Any]]
        #expect(results?.map { $0["district"] as? String } == ["east", nil, "west", "west"])
        #expect(results?.map { $0["inside"] as? Bool } == [true, false, true, true])
    }

    @Test func badBodies() async throws {
        #expect(try await post("{").0 == 400)
        #expect(try await post(#"{"points":"x"}"#).0 == 400)
        #expect(try await post(#"{"points":[[1]]}"#).0 == 422)
        #expect(try await post(#"{"points":[[1,95]]}"#).0 == 422)
        #expect(try await post("{}", type: "text/plain").0 == 415)
        let many = "[" + [String](repeating: "[1,1]", count: 10_001).joined(separator: ",") + "]"
        #expect(try await post(#"{"points":\#(many)}"#).0 == 422)
        #expect(try await post(#"{"points":[\#(String(repeating: " ", count: 1_100_000))]}"#).0 == 413)
        #expect(try await post(#"{"points":[]}"#).0 == 200)
    }
}
