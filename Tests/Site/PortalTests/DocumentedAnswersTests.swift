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

/// The comparison of answers with the document finds what is wrong: it is what all other tests of the API rely on.
@Suite struct DocumentedAnswersTests {
    private let documented: DocumentedAnswers

    init() throws { documented = try DocumentedAnswers.usual.get() }

    @Test("An answer that was changed is found to differ from the document")
    func changedAnswers() async throws {
        let uri = "/api/v1/resolve?lon=0.2&lat=0.2"
        try await TestPortal.test { (client, _) async throws in
            let answer = try await client.executeRequest(uri: uri, method: .get, headers: [:], body: nil)
            let text = String(buffer: answer.body)
            func faults(_ body: String, status: Int = 200, change: (inout HTTPFields) -> Void = { _ in }) -> [String] {
                var headers = answer.headers
                change(&headers)
                return documented.faults(.get, uri, status: status, headers: headers, body: ByteBuffer(string: body))
            }
            #expect(faults(text) == [])
            for (old, new) in [
                (#"{"inside""#, #"{"outside":true,"inside""#), (#""inside":true,"#, ""),
                (#""inside":true"#, #""inside":1"#),
                (#""slug":"west""#, #""slug":null"#), (#""district":{"#, #""district":{"colour":"red","#),
                (#""id":1"#, #""id":1.5"#), (#"{"inside":true"#, #"{"inside":true,"inside":true"#), ("{", "["),
            ] {
                let changed = text.replacing(old, with: new, maxReplacements: 1)
                #expect(changed != text, "\(old) is not in the answer")
                #expect(!faults(changed).isEmpty, "\(new) instead of \(old)")
            }
            #expect(!faults(text, status: 201).isEmpty)
            #expect(!faults(text, status: 404).isEmpty)
            #expect(!faults(text) { $0[.contentType] = "text/html" }.isEmpty)
            #expect(!faults(text) { $0[.eTag] = nil }.isEmpty)
            #expect(!faults("") { $0[.contentType] = nil }.isEmpty)
        }
    }

    @Test("A problem must have the form of problems and name its status")
    func changedProblems() {
        let headers: HTTPFields = [.contentType: "application/problem+json"]
        func faults(_ text: String, _ uri: String = "/api/v1/resolve") -> [String] {
            documented.faults(.get, uri, status: 400, headers: headers, body: ByteBuffer(string: text))
        }
        let good = #"{"type":"a","title":"b","status":400,"detail":"c","errors":[]}"#
        #expect(faults(good) == [])
        #expect(!faults(good.replacing("400", with: "404")).isEmpty)
        #expect(!faults(good.replacing(#","errors":[]"#, with: "")).isEmpty)
        // The same where no call is documented.
        #expect(faults(good, "/api/v1/nothing") == [])
        #expect(!faults(good.replacing("[]", with: "[1]"), "/api/v1/nothing").isEmpty)
    }

    @Test("A schema keyword that the validator does not know is a fault")
    func unknownKeywords() throws {
        let schema = try JSONReader.read(#"{"type":"string","minLength":3}"#.utf8)
        #expect(SchemaValidator(document: .null).faults(of: .text("abc"), against: schema).count == 1)
    }

    @Test("Every 200 answer has a schema, every reference leads to one, and every schema is used")
    func everyAnswerHasASchema() throws {
        for path in documented.document["paths"]?.members ?? [] {
            for method in path.value.members ?? [] {
                let contents = method.value["responses"]?["200"]?["content"]?.members ?? []
                #expect(!contents.isEmpty, "\(method.name) \(path.name)")
                for content in contents {
                    #expect(content.value["schema"]?["$ref"] != nil, "\(method.name) \(path.name) \(content.name)")
                }
            }
        }
        let defined = Set((documented.document["components"]?["schemas"]?.members ?? []).map(\.name))
        #expect(defined == Set(AnswerSchema.allCases.map(\.rawValue)))
        #expect(Self.references(in: documented.document) == Set(defined.map { "#/components/schemas/\($0)" }))
    }

    private static func references(in value: JSONValue) -> Set<String> {
        var found = Set((value.elements ?? []).flatMap { references(in: $0) })
        for member in value.members ?? [] {
            if member.name == "$ref", let name = member.value.string { found.insert(name) }
            found.formUnion(references(in: member.value))
        }
        return found
    }
}
