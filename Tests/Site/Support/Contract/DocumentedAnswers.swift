import Civic
import Foundation
import Gazetteer
import HTTPTypes
import NIOCore
import TestSupport

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

/// Compares answers with the portal's OpenAPI document.
struct DocumentedAnswers: Sendable {
    private struct Call: Sendable {
        let parts: [RoutePart]
        let methods: JSONValue
        /// How many segments are parameters; among matching calls the one with the fewest counts.
        let parameters: Int
    }

    let document: JSONValue
    private let calls: [Call]

    /// The document of the program; the schemas of answers are the same for each city.
    static let usual = Result { try DocumentedAnswers() }

    private init() throws {
        let home = try TestPortal.home()
        let listings = OpenAPIListings(
            try GazetteerSnapshot(TinyCity.contents(), version: 1),
            map: try CityMap(home: home, settings: MapSettings())
        )
        let written = OpenAPIDocument(
            strings: try Strings(.en, folders: try TestPortal.resources("Locale")),
            listings: listings
        ).json()
        document = try JSONReader.read(written.buffer.readableBytesView)
        calls = (document["paths"]?.members ?? []).map { path in
            let parts = path.name.split(separator: "/").map(String.init)
            return Call(
                parts: parts.map { RoutePart($0) },
                methods: path.value,
                parameters: parts.filter { $0.contains("{") }.count
            )
        }
    }

    /// What is wrong with an answer; empty when it is as documented, or when it is the answer of a page.
    func faults(
        _ method: HTTPRequest.Method,
        _ uri: String,
        status: Int,
        headers: HTTPFields,
        body: ByteBuffer
    ) -> [String] {
        let type = headers[.contentType].map(MediaType.essence)
        let isProblem = type == "application/problem+json"
        let path = uri.prefix { $0 != "?" }.split(separator: "/")
        let call = calls.filter { Self.matches($0.parts, path) }.min { $0.parameters < $1.parameters }
        let read = method == .head ? .get : method
        guard method != .options, let documented = call?.methods[read.rawValue.lowercased()] else {
            return isProblem ? faults(of: body, status, Self.problem, headers) : []
        }
        guard let response = documented["responses"]?[String(status)] else {
            return ["status \(status) is not documented"]
        }
        var faults = (response["headers"]?.members ?? []).filter { field in
            HTTPField.Name(field.name).map { headers[$0] == nil } ?? true
        }.map { "the field \($0.name) is missing" }
        guard let contents = response["content"] else {
            return body.readableBytes == 0 ? faults : faults + ["a body is not documented"]
        }
        guard let schema = contents[type ?? ""]?["schema"] else {
            return faults + ["the type \(type ?? "none") is not documented"]
        }
        if type?.hasSuffix("json") == true, method != .head {
            faults += self.faults(of: body, status, schema, headers)
        }
        return faults
    }

    private static let problem = JSONValue.object([
        .init(name: "$ref", line: 1, value: .text("#/components/schemas/Problem"))
    ])

    private func faults(of body: ByteBuffer, _ status: Int, _ schema: JSONValue, _ headers: HTTPFields) -> [String] {
        // A packed body is the same one, which other tests compare.
        guard headers[.contentEncoding] == nil, body.readableBytes > 0 else { return [] }
        guard let value = try? JSONReader.read(body.readableBytesView) else { return ["the body is not JSON"] }
        let faults = SchemaValidator(document: document).faults(of: value, against: schema)
        guard status >= 400, value["status"]?.integer != status else { return faults }
        return faults + ["the problem names another status than \(status)"]
    }

    private static func matches(_ parts: [RoutePart], _ path: [Substring]) -> Bool {
        parts.count == path.count && zip(parts, path).allSatisfy { $0.matches($1) }
    }
}
