import Foundation
import Gazetteer
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import Web

@Suite struct OpenAPITests {
    @Test("Every call of the document is answered, and every word of it exists")
    func documentAndRoutesAgree() async throws {
        try await TestPortal.test { (client, _) async throws in
            let (status, document) = try await client.json("/api/openapi.json")
            #expect(status == 200)
            #expect(document["openapi"] as? String == "3.1.0")
            let paths = document["paths"] as? [String: [String: Any]] ?? [:]
            #expect(paths.count == Set(Operation.all.map(\.path)).count)
            for (path, methods) in paths {
                for (method, operation) in methods {
                    let summary = (operation as? [String: Any])?["summary"] as? String ?? ""
                    #expect(!summary.isEmpty && !summary.hasPrefix("api_op_"), "\(path)")
                    let uri = path.replacing("{slug}", with: "west").replacing("{id}", with: "clinic")
                        .replacing("{layer}", with: "districts").replacing("{z}/{x}/{y}", with: "0/0/0")
                    let answer = try await client.execute(
                        uri: uri,
                        method: method == "post" ? .post : .get
                    ) { $0.status.code }
                    #expect(answer != 404 && answer != 405, "\(method) \(path): \(answer)")
                }
            }
        }
    }

    @Test func describesEveryParameter() throws {
        let home = try TestPortal.home()
        for language in Language.allCases {
            let strings = try Strings(language, folder: home.languages)
            for operation in Operation.all {
                #expect(strings.keys.contains("api_op_\(operation.id)"))
                for parameter in operation.parameters {
                    #expect(strings.keys.contains("api_param_\(parameter.name)"), "\(parameter.name)")
                }
            }
        }
    }

    @Test func aWrongMethodIsNamed() async throws {
        try await TestPortal.test { (client, _) async throws in
            for (uri, allowed) in [
                ("/api/v1/districts", "GET, HEAD"), ("/api/v1/districts/west", "GET, HEAD"),
                ("/api/v1/resolve", "GET, HEAD, POST"), ("/ru/map", "GET, HEAD"),
            ] {
                try await client.execute(uri: uri, method: .delete) { response in
                    #expect(response.status == .methodNotAllowed)
                    #expect(response.headers[.allow] == allowed)
                }
            }
        }
    }
}
