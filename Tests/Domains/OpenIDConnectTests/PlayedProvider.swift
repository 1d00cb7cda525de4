import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import TestSupport

/// A fake provider that answers as a test wants and records the requests.
actor PlayedProvider {
    struct Reply: Sendable {
        var status = 200
        var body: String
        var location: String?
    }

    /// Changes to the usual discovery document, as JSON; nil omits a field.
    var discovery: [String: String?] = [:]
    var replies: [String: Reply] = [:]
    private(set) var asked: [String: Int] = [:]
    private(set) var forms: [[String: String]] = []
    private(set) var authorization: String?
    private(set) var queries: [String: String] = [:]

    func set(_ name: String, _ body: String, status: Int = 200, location: String? = nil) {
        replies[name] = Reply(status: status, body: body, location: location)
    }

    func clear(_ name: String) { replies[name] = nil }

    func discover(_ field: String, _ json: String?) { discovery[field] = .some(json) }

    func count(_ name: String) -> Int { asked[name, default: 0] }

    private func answer(_ name: String, form: [String: String]?, authorization: String?, query: String?) -> Reply {
        asked[name, default: 0] += 1
        if let form { forms.append(form) }
        if let authorization { self.authorization = authorization }
        if let query { queries[name] = query }
        return replies[name] ?? Reply(status: 404, body: "")
    }

    private func document(_ base: String) -> Reply {
        asked["discovery", default: 0] += 1
        if let reply = replies["discovery"] { return reply }
        var fields: [String: String?] = [
            "issuer": "\"\(base)\"", "authorization_endpoint": "\"\(base)/authorize\"",
            "token_endpoint": "\"\(base)/token\"",
            "jwks_uri": "\"\(base)/keys\"", "userinfo_endpoint": "\"\(base)/userinfo\"",
            "response_types_supported": #"["code"]"#, "id_token_signing_alg_values_supported": #"["RS256"]"#,
        ]
        for (field, json) in discovery { fields[field] = json }
        let pairs = fields.compactMap { field, json in json.map { "\"\(field)\":\($0)" } }
        return Reply(body: "{\(pairs.joined(separator: ","))}")
    }

    /// Runs a closure while the provider listens.
    @discardableResult
    nonisolated func run<Value: Sendable>(_ body: @Sendable (String) async throws -> Value) async throws -> Value {
        let router = Router()
        router.get(".well-known/openid-configuration") { request, _ in
            Self.response(await self.document("http://\(request.head.authority ?? "")"))
        }
        for name in ["keys", "userinfo", "me"] {
            router.get(RouterPath(name)) { request, _ in
                Self.response(
                    await self.answer(
                        name,
                        form: nil,
                        authorization: request.headers[.authorization],
                        query: request.uri.query
                    )
                )
            }
        }
        router.post("token") { request, _ in
            let text = String(buffer: try await request.body.collect(upTo: 65_536))
            let form = try URLEncodedFormDecoder().decode([String: String].self, from: text)
            return Self.response(
                await self.answer("token", form: form, authorization: request.headers[.authorization], query: nil)
            )
        }
        return try await LoopbackServer.run(router, body)
    }

    private static func response(_ reply: Reply) -> Response {
        var headers: HTTPFields = [.contentType: "application/json"]
        headers[.location] = reply.location
        return Response(
            status: .init(code: reply.status),
            headers: headers,
            body: .init(byteBuffer: ByteBuffer(string: reply.body))
        )
    }
}
