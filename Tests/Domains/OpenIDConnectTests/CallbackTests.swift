import Foundation
import TestSupport
import Testing

@testable import OpenIDConnect

/// Authorization responses that browsers bring back.
@Suite struct CallbackTests {
    private let signIn = SignInCase()

    /// Finishes an attempt with a callback derived from its state, at a provider that would answer correctly.
    private func finish(
        tellsIssuer: Bool = false,
        later: TimeInterval = 0,
        _ callback: @Sendable (String, String) -> AuthorizationCallback
    ) async throws -> Result<VerifiedIdentity, OpenIDError> {
        try await signIn.publishFirstKey()
        if tellsIssuer { await signIn.played.discover("authorization_response_iss_parameter_supported", "true") }
        return try await signIn.played.run { base in
            let client = signIn.client()
            let provider = try signIn.provider(base)
            let attempt = try await client.begin(provider, returnTo: "/").attempt
            signIn.clock.advance(by: later)
            let before = await signIn.played.count("token")
            await signIn.answerToken(try await SignInCase.signRS256(signIn.claims(base, attempt)))
            do throws(OpenIDError) {
                return .success(
                    try await client.finish(attempt, with: provider, callback: callback(base, attempt.state))
                )
            } catch {
                // Nothing was sent to the provider.
                #expect(await signIn.played.count("token") == before)
                return .failure(error)
            }
        }
    }

    private func refusal(_ result: Result<VerifiedIdentity, OpenIDError>) -> OpenIDError? {
        guard case .failure(let error) = result else { return nil }
        return error
    }

    @Test func theStateMustBeTheOneThatWasSent() async throws {
        let other = try await finish { _, _ in AuthorizationCallback(code: "c", state: "another") }
        #expect(refusal(other) == .otherAttempt)
        let none = try await finish { _, _ in AuthorizationCallback(code: "c", state: nil) }
        #expect(refusal(none) == .otherAttempt)
        let longer = try await finish { _, state in AuthorizationCallback(code: "c", state: state + "x") }
        #expect(refusal(longer) == .otherAttempt)
        let right = try await finish { _, state in AuthorizationCallback(code: "c", state: state) }
        #expect(refusal(right) == nil)
    }

    @Test func theAttemptMustBeOfThisProvider() async throws {
        try await signIn.played.run { base in
            let client = signIn.client()
            let attempt = try await client.begin(try signIn.provider(base), returnTo: "/").attempt
            let other = try IdentityProvider.openID(
                name: "other",
                label: "Other",
                issuer: base,
                clientID: "portal",
                clientSecret: "s",
                redirectURI: SignInCase.redirect
            )
            await #expect(throws: OpenIDError.otherAttempt) {
                try await client.finish(
                    attempt,
                    with: other,
                    callback: AuthorizationCallback(code: "c", state: attempt.state)
                )
            }
        }
    }

    @Test func anAttemptGetsOld() async throws {
        let old = try await finish(later: 601) { _, state in AuthorizationCallback(code: "c", state: state) }
        #expect(refusal(old) == .staleAttempt(age: 601))
        let fresh = try await finish(later: 599) { _, state in AuthorizationCallback(code: "c", state: state) }
        #expect(refusal(fresh) == nil)
    }

    @Test func somebodySaysNo() async throws {
        let denied = try await finish { _, state in
            AuthorizationCallback(code: nil, state: state, error: "access_denied")
        }
        #expect(refusal(denied) == .denied(code: "access_denied"))
        let both = try await finish { _, state in AuthorizationCallback(code: "c", state: state, error: "a\nb<c>") }
        #expect(refusal(both) == .denied(code: "abc"))
        let neither = try await finish { _, state in AuthorizationCallback(code: nil, state: state) }
        #expect(refusal(neither) == .malformed(what: "returning query"))
    }

    @Test func theIssuerThatComesBackMustBeRight() async throws {
        let right = try await finish(tellsIssuer: true) { base, state in
            AuthorizationCallback(code: "c", state: state, issuer: base)
        }
        #expect(refusal(right) == nil)
        for tellsIssuer in [true, false] {
            let other = try await finish(tellsIssuer: tellsIssuer) { _, state in
                AuthorizationCallback(code: "c", state: state, issuer: "https://evil.example")
            }
            guard case .otherIssuer(_, "https://evil.example") = refusal(other) else {
                Issue.record("another issuer was taken")
                return
            }
        }
        let none = try await finish(tellsIssuer: true) { _, state in AuthorizationCallback(code: "c", state: state) }
        guard case .otherIssuer(_, "") = refusal(none) else {
            Issue.record("an issuer that was promised may be missing")
            return
        }
    }

    @Test func aQueryIsRead() throws {
        let read = try AuthorizationCallback(query: "code=a%2Fb+c&state=s&iss=https%3A%2F%2Fa.example&scope=openid&x")
        #expect(read.code == "a/b c" && read.state == "s" && read.issuer == "https://a.example" && read.error == nil)
        let empty = try AuthorizationCallback(query: "code=&state")
        #expect(empty.code == nil && empty.state == nil)
    }

    @Test("The error code from a provider, or from whoever made the link, is safe to log")
    func anErrorIsOneShortWord() throws {
        let forged = try AuthorizationCallback(query: "error=access_denied%0A2026-11-25T10:00:00%20error%20forged")
        #expect(forged.error == "access_denied20261125T100000errorforged")
        #expect(try AuthorizationCallback(query: "error=" + String(repeating: "a", count: 900)).error?.count == 64)
        #expect(try AuthorizationCallback(query: "error=%D0%BE%0D%0A").error == "unreadable")
        #expect(AuthorizationCallback(code: nil, state: nil, error: "a\u{1B}[2J").error == "a2J")
    }

    @Test(arguments: [
        "code=a&code=b", "state=a&state=a", "error=a&error=", "iss=a&iss=b", "code=%FF", "code=%", "code=%zz",
    ])
    func aQueryThatIsNotWellMadeIsRefused(query: String) {
        #expect(throws: OpenIDError.malformed(what: "returning query")) { try AuthorizationCallback(query: query) }
    }

    @Test func aLongQueryIsNotRead() {
        #expect(throws: OpenIDError.tooLarge(what: "returning query", limit: 8192)) {
            try AuthorizationCallback(query: "code=" + String(repeating: "a", count: 8200))
        }
    }

    @Test(arguments: [
        (#"{"error":"invalid_grant","error_description":"a@b.kz"}"#, 400, OpenIDError.refused(code: "invalid_grant")),
        (#"{"error":"invalid_client"}"#, 401, .refused(code: "invalid_client")),
        ("", 400, .unexpectedStatus(host: "127.0.0.1", status: 400)),
        (#"{"error":"x"}"#, 500, .unexpectedStatus(host: "127.0.0.1", status: 500)),
        ("{}", 200, .malformed(what: "token answer")),
        (#"{"access_token":"a","token_type":"mac","id_token":"x"}"#, 200, .malformed(what: "token answer")),
        (#"{"access_token":"a\nb","token_type":"Bearer","id_token":"x"}"#, 200, .malformed(what: "token answer")),
        (#"{"access_token":"a","token_type":"bearer"}"#, 200, .malformed(what: "token answer without id_token")),
    ])
    func theTokenEndpointRefuses(body: String, status: Int, expected: OpenIDError) async throws {
        try await signIn.publishFirstKey()
        await signIn.played.set("token", body, status: status)
        try await signIn.played.run { base in
            let client = signIn.client()
            let provider = try signIn.provider(base)
            let attempt = try await client.begin(provider, returnTo: "/").attempt
            await #expect(throws: expected) {
                try await client.finish(
                    attempt,
                    with: provider,
                    callback: AuthorizationCallback(code: "c", state: attempt.state)
                )
            }
        }
    }
}
