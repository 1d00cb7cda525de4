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

/// Calls that take their parameters from the body.
@Suite struct PostedParametersTests {
    private static let calls = MapSite.Operation.all.filter { $0.body == .form }.map(\.path)
    private static let type = "application/x-www-form-urlencoded"

    private func post(_ path: String, _ body: String, type: String = type) async throws -> TestResponse {
        nonisolated(unsafe) var answer: TestResponse?
        try await TestPortal.test { (client, _) async throws in
            answer = try await client.execute(
                uri: path,
                method: .post,
                headers: [.contentType: type],
                body: ByteBuffer(string: body)
            ) { $0 }
        }
        return try #require(answer)
    }

    private static let samples = [
        "q=\(Link.encode("абая 4"))&lang=ru&limit=3", "q=a+b&lon=0.2&lat=0.2", "lon=0.2&lat=0.2&limit=2&lang=kk",
    ]

    @Test("The answer is that of the same parameters in the URL", arguments: samples)
    func answers(parameters: String) async throws {
        let path = parameters.hasPrefix("q=") ? "/api/v1/suggest" : "/api/v1/reverse"
        let posted = try await post(path, parameters)
        #expect(posted.status == .ok && posted.headers[.eTag] == nil)
        try await TestPortal.test { (client, _) async throws in
            let got = try await client.execute(uri: "\(path)?\(parameters)", method: .get) { $0 }
            #expect(String(buffer: got.body) == String(buffer: posted.body))
        }
    }

    @Test("Parameters are checked as in a URL", arguments: calls)
    func faults(path: String) async throws {
        #expect(try await post(path, "").status == .badRequest)
        #expect(try await post(path, "x=1").status == .badRequest)
        #expect(try await post(path, "q=%FF&lon=%FF").status == .badRequest)
        #expect(try await post(path, "{}", type: "application/json").status == .unsupportedMediaType)
        #expect(try await post(path, "q=" + String(repeating: "a", count: 20_000)).status == .contentTooLarge)
        #expect(try await post(path + "?lon=0.2&lat=0.2&q=a", "").status == .badRequest)
    }
}
