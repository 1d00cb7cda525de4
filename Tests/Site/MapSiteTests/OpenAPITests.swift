import Civic
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

@Suite struct OpenAPITests {
    @Test("Every documented call is answered, and every text in the document exists")
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
                    let named = (operation as? [String: Any])?["operationId"] as? String
                    let call = try #require(Operation.all.first { $0.id == named })
                    let answer = try await client.execute(
                        uri: SampleCalls.path(call),
                        method: method == "post" ? .post : .get
                    ) { $0.status.code }
                    #expect(answer != 404 && answer != 405, "\(method) \(path): \(answer)")
                }
            }
        }
    }

    @Test("Every route that is not a page is documented, and everything documented has a route")
    func routesAndDocumentAgree() async throws {
        let table = RouteTable()
        let router = try await TestPortal.router(table: table)
        let calls = table.all.filter { $0.policy.errors == .problemDocument && $0.policy != .file }
        let routed = Set(calls.map { "\($0.method) \($0.path)" })
        let document = try DocumentedAnswers.usual.get().document
        let documented = (document["paths"]?.members ?? []).flatMap { path in
            (path.value.members ?? []).map { "\($0.name.uppercased()) \(path.name)" }
        }
        #expect(routed == Set(documented))
        #expect(documented.count == Set(documented).count)
        // Pages and API calls must not share a path.
        let pages = Set(router.routes.map(\.path.description)).subtracting(
            table.all.filter { $0.policy.errors == .problemDocument }.map(\.path)
        )
        #expect(pages.filter { $0.hasPrefix("/api/") || $0.hasPrefix("/tiles/") } == ["/api/docs"])
    }

    @Test("Every parameter documents its allowed values")
    func schemas() async throws {
        try await TestPortal.test { (client, _) async throws in
            let (_, document) = try await client.json("/api/openapi.json")
            let paths = document["paths"] as? [String: [String: [String: Any]]] ?? [:]
            for (path, methods) in paths {
                for parameter in methods.values.flatMap({ $0["parameters"] as? [[String: Any]] ?? [] }) {
                    let name = parameter["name"] as? String ?? ""
                    var schema = parameter["schema"] as? [String: Any] ?? [:]
                    schema = schema["items"] as? [String: Any] ?? schema
                    let bounds: Set = [
                        "enum", "minimum", "maximum", "pattern", "anyOf", "prefixItems", "minLength", "properties",
                    ]
                    #expect(!bounds.isDisjoint(with: schema.keys), "\(name) of \(path)")
                }
            }
            func schema(_ path: String, _ name: String) -> [String: Any] {
                let parameters = paths[path]?["get"]?["parameters"] as? [[String: Any]] ?? []
                return parameters.first { $0["name"] as? String == name }?["schema"] as? [String: Any] ?? [:]
            }
            #expect(schema("/api/v1/geocode", "lang")["enum"] as? [String] == ["kk", "ru", "en"])
            #expect(schema("/api/v1/districts", "f")["enum"] as? [String] == ["json", "geojson"])
            #expect(schema("/api/v1/geocode", "limit")["maximum"] as? Int == 50)
            #expect(schema("/api/v1/geocode", "limit")["default"] as? Int == 10)
            #expect(schema("/api/v1/resolve", "lat")["minimum"] as? Int == -90)
            #expect(schema("/tiles/{layer}/{z}/{x}/{y}.mvt", "z")["maximum"] as? Int == 15)
            #expect(Set(schema("/tiles/style.json", "theme")["enum"] as? [String] ?? []) == ["dark", "light"])
            #expect((schema("/api/v1/nearest", "category")["enum"] as? [String])?.contains("park") == true)
            #expect((schema("/api/v1/nearest", "district")["enum"] as? [String])?.contains("west") == true)
        }
    }

    @Test("An empty value is an error for every parameter")
    func emptyValues() async throws {
        try await TestPortal.test { (client, _) async throws in
            for operation in Operation.all where operation.method == "GET" {
                for parameter in operation.parameters where parameter.place == .query {
                    for query in ["\(parameter.name)=", parameter.name, "\(parameter.name)=&lon=0.2&lat=0.2&q=a"] {
                        let (status, body) = try await client.json("\(SampleCalls.path(operation))?\(query)")
                        #expect(status == 400, "\(operation.id): \(query)")
                        let codes = (body["errors"] as? [[String: Any]] ?? []).map { $0["code"] as? String }
                        #expect(codes.contains("empty") || codes.contains("repeated"), "\(operation.id): \(query)")
                    }
                }
            }
        }
    }

    @Test func describesEveryParameter() throws {
        for language in Language.allCases {
            let strings = try Strings(language, folders: try TestPortal.resources("Locale"))
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
                ("/api/v1/districts", "GET, HEAD, OPTIONS"), ("/api/v1/districts/west", "GET, HEAD, OPTIONS"),
                ("/api/v1/resolve", "GET, HEAD, OPTIONS, POST"), ("/ru/map", "GET, HEAD"),
            ] {
                try await client.execute(uri: uri, method: .delete) { response in
                    #expect(response.status == .methodNotAllowed)
                    #expect(response.headers[.allow] == allowed)
                }
            }
        }
    }
}
