import Crypto
import Foundation
import Testing

@testable import OpenIDConnect

@Suite struct FacebookTests {
    private let signIn = SignInCase()
    private static let proof = HMAC<SHA256>.authenticationCode(
        for: Data("fb-token".utf8),
        using: SymmetricKey(data: Data("app-secret".utf8))
    )

    private func provider(_ base: String) throws -> IdentityProvider {
        try .facebook(
            clientID: "app",
            clientSecret: "app-secret",
            redirectURI: SignInCase.redirect,
            endpoints: FacebookEndpoints(authorization: base + "/dialog", token: base + "/token", me: base + "/me")
        )
    }

    private func signIn(_ me: String, status: Int = 200) async throws -> Result<VerifiedIdentity, OpenIDError> {
        await signIn.played.set("token", #"{"access_token":"fb-token","token_type":"bearer","expires_in":5183944}"#)
        await signIn.played.set("me", me, status: status)
        return try await signIn.played.run { base in
            let client = signIn.client()
            let provider = try provider(base)
            let start = try await client.begin(provider, returnTo: "/")
            #expect(
                start.redirect.hasPrefix(base + "/dialog?response_type=code&client_id=app&redirect_uri=https%3A%2F%2F")
            )
            #expect(start.redirect.contains("scope=public_profile%2Cemail"))
            let callback = AuthorizationCallback(code: "fb-code", state: start.attempt.state)
            do throws(OpenIDError) {
                return .success(try await client.finish(start.attempt, with: provider, callback: callback))
            } catch {
                return .failure(error)
            }
        }
    }

    @Test func somebodySignsIn() async throws {
        let identity = try await signIn(#"{"id":"1016","name":"Айгүл","email":"aigul@example.kz"}"#).get()
        let expected = VerifiedIdentity(
            issuer: "https://www.facebook.com",
            subject: "1016",
            email: "aigul@example.kz",
            isEmailVerified: false,
            name: "Айгүл",
            locale: nil
        )
        #expect(identity == expected)
        let form = try #require(await signIn.played.forms.first)
        #expect(form["code"] == "fb-code" && form["client_id"] == "app" && form["client_secret"] == "app-secret")
        let query = try #require(await signIn.played.queries["me"])
        let proof = Self.proof.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        #expect(query == "fields=id%2Cname%2Cemail&appsecret_proof=\(proof)")
        #expect(await signIn.played.authorization == "Bearer fb-token")
    }

    @Test func theAddressMayBeMissing() async throws {
        let identity = try await signIn(#"{"id":"1016","name":"Айгүл"}"#).get()
        #expect(identity.email == nil && !identity.isEmailVerified && identity.name == "Айгүл")
    }

    @Test func troublesAreTold() async throws {
        func refusal(_ me: String, status: Int = 200) async throws -> OpenIDError? {
            guard case .failure(let error) = try await signIn(me, status: status) else { return nil }
            return error
        }
        #expect(try await refusal("{}") == .malformed(what: "Graph answer"))
        #expect(try await refusal(#"{"id":""}"#) == .malformed(what: "Graph answer"))
        #expect(try await refusal(#"{"id":7}"#) == .malformed(what: "Graph answer"))
        #expect(try await refusal(#"{"error":{}}"#, status: 400) == .refused(code: "graph-400"))
        #expect(try await refusal("", status: 503) == .unexpectedStatus(host: "127.0.0.1", status: 503))
    }

    @Test func theGraphRefusesTheCode() async throws {
        try await signIn.played.run { base in
            await signIn.played.set(
                "token",
                #"{"error":{"message":"m","type":"OAuthException","code":100}}"#,
                status: 400
            )
            let client = signIn.client()
            let provider = try provider(base)
            let attempt = try await client.begin(provider, returnTo: "/").attempt
            await #expect(throws: OpenIDError.refused(code: "OAuthException")) {
                try await client.finish(
                    attempt,
                    with: provider,
                    callback: AuthorizationCallback(code: "c", state: attempt.state)
                )
            }
            await #expect(throws: OpenIDError.otherAttempt) {
                try await client.finish(attempt, with: provider, callback: AuthorizationCallback(code: "c", state: "x"))
            }
        }
    }
}
