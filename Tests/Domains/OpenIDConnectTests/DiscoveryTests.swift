import AsyncHTTPClient
import Foundation
import Hummingbird
import NIOCore
import TestSupport
import Testing

@testable import OpenIDConnect

@Suite struct DiscoveryTests {
    private let signIn = SignInCase()

    /// Begins an attempt at the provider with a modified discovery document.
    private func begin(_ changes: [String: String?] = [:]) async throws -> Result<SignInStart, OpenIDError> {
        for (field, json) in changes { await signIn.played.discover(field, json) }
        return try await signIn.played.run { base in
            let provider = try signIn.provider(base)
            do throws(OpenIDError) {
                return .success(try await signIn.client().begin(provider, returnTo: "/"))
            } catch {
                return .failure(error)
            }
        }
    }

    private func refusal(_ changes: [String: String?]) async throws -> OpenIDError? {
        guard case .failure(let error) = try await begin(changes) else { return nil }
        return error
    }

    @Test func itIsAskedOnceAnHourHoweverManyAsk() async throws {
        try await signIn.played.run { base in
            let client = signIn.client()
            let provider = try signIn.provider(base)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<30 { group.addTask { _ = try await client.begin(provider, returnTo: "/") } }
                try await group.waitForAll()
            }
            #expect(await signIn.played.count("discovery") == 1)
            signIn.clock.advance(by: 3599)
            _ = try await client.begin(provider, returnTo: "/")
            #expect(await signIn.played.count("discovery") == 1)
            signIn.clock.advance(by: 2)
            _ = try await client.begin(provider, returnTo: "/")
            #expect(await signIn.played.count("discovery") == 2)
        }
    }

    @Test func aFailureIsNotKept() async throws {
        await signIn.played.set("discovery", "", status: 500)
        try await signIn.played.run { base in
            let client = signIn.client()
            let provider = try signIn.provider(base)
            await #expect(throws: OpenIDError.unexpectedStatus(host: "127.0.0.1", status: 500)) {
                try await client.begin(provider, returnTo: "/")
            }
            await signIn.played.clear("discovery")
            _ = try await client.begin(provider, returnTo: "/")
        }
    }

    @Test func anotherIssuerIsRefused() async throws {
        guard case .otherIssuer(_, let found) = try await refusal(["issuer": #""https://evil.example""#]) else {
            Issue.record("the issuer was taken")
            return
        }
        #expect(found == "https://evil.example")
    }

    @Test(arguments: [
        ("response_types_supported", #"["token"]"#), ("code_challenge_methods_supported", #"["plain"]"#),
        ("id_token_signing_alg_values_supported", #"["HS256","none"]"#),
        ("token_endpoint_auth_methods_supported", #"["private_key_jwt"]"#),
    ])
    func whatWeRequireMustBeOffered(field: String, json: String) async throws {
        guard case .unsupported = try await refusal([field: json]) else {
            Issue.record("\(field) \(json) was taken")
            return
        }
    }

    @Test(arguments: ["authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"])
    func endpointsMustBeSafe(field: String) async throws {
        guard case .insecureAddress(let host, _) = try await refusal([field: #""http://example.com/x""#]) else {
            Issue.record("\(field) was taken")
            return
        }
        #expect(host == "example.com")
        for address in ["javascript:alert(1)", "", "//x", "https://user:word@example.com/", "https://a b/"] {
            #expect(try await refusal([field: "\"\(address)\""]) != nil, "\(field) \(address)")
        }
    }

    @Test(arguments: ["authorization_endpoint", "token_endpoint", "jwks_uri"])
    func endpointsMustBeThere(field: String) async throws {
        #expect(try await refusal([field: nil]) == .malformed(what: "discovery document"))
    }

    /// A remote provider must not be able to direct our requests to services on this machine.
    @Test func aProviderElsewhereCannotNameLoopback() throws {
        let json = """
            {"issuer":"https://provider.example","authorization_endpoint":"https://provider.example/a",
            "token_endpoint":"http://127.0.0.1:6379/","jwks_uri":"https://provider.example/k"}
            """
        let document = try JSONDecoder().decode(DiscoveryDocument.self, from: Data(json.utf8))
        let issuer = try OpenIDIssuer("https://provider.example")
        #expect(throws: OpenIDError.insecureAddress(host: "127.0.0.1", purpose: "token endpoint")) {
            try ProviderMetadata(document, of: issuer, isLoopbackTaken: false)
        }
    }

    @Test func endpointsSetByHandComeFirst() async throws {
        try await signIn.played.run { base in
            let issuer = try OpenIDIssuer(
                base,
                endpoints: EndpointOverrides(
                    authorization: "https://a.example/",
                    token: "https://b.example/",
                    keys: base + "/keys",
                    userInfo: "https://c.example/"
                )
            )
            try await signIn.publishFirstKey()
            let report = try await signIn.client().check(issuer)
            #expect(report.authorizationEndpoint == "https://a.example/")
            #expect(report.tokenEndpoint == "https://b.example/")
            #expect(report.keysEndpoint == base + "/keys")
            #expect(report.userinfoEndpoint == "https://c.example/")
            #expect(report.tokenAuthentication == "client_secret_basic")
            #expect(report.keys == 1)
        }
    }

    @Test(arguments: ["", "null", "[]", "{", "<html>"]) func whatIsNoDocumentIsRefused(body: String) async throws {
        await signIn.played.set("discovery", body)
        #expect(try await refusal([:]) == .malformed(what: "discovery document"))
    }

    @Test func aHugeDocumentIsNotRead() async throws {
        await signIn.played.set("discovery", #"{"x":""# + String(repeating: "x", count: 300_000) + #""}"#)
        #expect(try await refusal([:]) == .tooLarge(what: "discovery document", limit: 262_144))
    }

    @Test func aProviderThatIsAwayIsTold() async throws {
        let provider = try signIn.provider("http://127.0.0.1:1")
        let error = await #expect(throws: OpenIDError.self) {
            try await signIn.client(timeout: 2).begin(provider, returnTo: "/")
        }
        guard case .unreachable("127.0.0.1", _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func aProviderThatTricklesIsNotWaitedFor() async throws {
        let router = Router()
        router.get(".well-known/openid-configuration") { _, _ in
            Response(
                status: .ok,
                body: .init { writer in
                    try await writer.write(ByteBuffer(string: "{"))
                    try await Task.sleep(for: .seconds(3600))
                    try await writer.finish(nil)
                }
            )
        }
        try await LoopbackServer.run(router) { base in
            let provider = try signIn.provider(base)
            let error = await #expect(throws: OpenIDError.self) {
                try await signIn.client(timeout: 0.5).begin(provider, returnTo: "/")
            }
            guard case .unreachable = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test func aRedirectOfTheTokenEndpointIsNotFollowed() async throws {
        try await signIn.publishFirstKey()
        var configuration = OpenIDClient.httpConfiguration
        // On a busy machine an answer may take longer than people would wait.
        configuration.timeout = .init(connect: .seconds(60), read: .seconds(60))
        let http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let client = OpenIDClient(http: http, now: { [clock = signIn.clock] in clock.now }, timeout: 60)
        let result = await outcome { try await redirect(client) }
        // Also after a failure: a client that is released without being shut down ends the process.
        try await http.shutdown()
        try result.get()
    }

    private func redirect(_ client: OpenIDClient) async throws {
        try await signIn.played.run { base in
            let provider = try signIn.provider(base)
            let attempt = try await client.begin(provider, returnTo: "/").attempt
            await signIn.played.set("token", "", status: 307, location: base + "/token")
            await #expect(throws: OpenIDError.unexpectedStatus(host: "127.0.0.1", status: 307)) {
                try await client.finish(
                    attempt,
                    with: provider,
                    callback: AuthorizationCallback(code: "c", state: attempt.state)
                )
            }
            #expect(await signIn.played.count("token") == 1)
        }
    }

    private func outcome(_ body: () async throws -> Void) async -> Result<Void, any Error> {
        do { return .success(try await body()) } catch { return .failure(error) }
    }
}
