import AsyncHTTPClient
import Foundation
import JWTKit
import TestSupport

@testable import OpenIDConnect

/// A complete sign-in at a fake provider, with arbitrary faults.
struct SignInCase: Sendable {
    static let clientID = "portal"
    static let secret = "s&cr:t+ә"
    static let redirect = "https://almaty.example/auth/oidc/callback"

    let played = PlayedProvider()
    static let start = Date(timeIntervalSince1970: 1_800_000_000)
    let clock = TestClock(stoppedAt: SignInCase.start)

    /// Signs claims with a key; the header contains the key id when one is given.
    static func sign(
        _ claims: [String: JSONValue],
        kid: String? = nil,
        header: [String: JWTHeaderField] = [:],
        _ add: (JWTKeyCollection) async throws -> Void
    ) async throws -> String {
        let collection = JWTKeyCollection()
        try await add(collection)
        var head = JWTHeader(fields: header)
        if let kid { head.kid = kid }
        return try await collection.sign(Claims(claims), header: head)
    }

    static func signRS256(
        _ claims: [String: JSONValue],
        by key: Result<Insecure.RSA.PrivateKey, any Error> = SigningKeys.first,
        kid: String? = "one",
        header: [String: JWTHeaderField] = [:]
    ) async throws -> String {
        try await sign(claims, kid: kid, header: header) {
            await $0.add(rsa: try key.get(), digestAlgorithm: .sha256)
        }
    }

    func client(timeout: TimeInterval = 60) -> OpenIDClient {
        OpenIDClient(http: .shared, now: { [clock] in clock.now }, timeout: timeout)
    }

    func provider(
        _ base: String,
        acceptedIssuers: Set<String>? = nil,
        secret: String = secret
    ) throws -> IdentityProvider {
        try IdentityProvider(
            name: "oidc",
            label: "Provider",
            kind: .openID(try OpenIDIssuer(base, acceptedIssuers: acceptedIssuers)),
            clientID: Self.clientID,
            clientSecret: secret,
            redirectURI: Self.redirect
        )
    }

    /// Valid claims for an attempt.
    func claims(_ base: String, _ attempt: SignInAttempt) -> [String: JSONValue] {
        let now = clock.now.timeIntervalSince1970
        return [
            "iss": .text(base), "sub": "subject-1", "aud": .text(Self.clientID), "exp": .number(now + 3600),
            "iat": .number(now), "nonce": .text(attempt.nonce), "email": "aigul@example.kz", "email_verified": true,
            "name": "Айгүл Серікқызы", "locale": "kk",
        ]
    }

    /// Publishes the first key with the id `one`.
    func publishFirstKey() async throws {
        await played.set("keys", SigningKeys.set(try SigningKeys.published(SigningKeys.first.get(), kid: "one")))
    }

    func answerToken(_ token: String) async {
        await played.set("token", #"{"access_token":"access-1","token_type":"Bearer","id_token":"\#(token)"}"#)
    }

    /// Signs in with a token that the test derives from valid claims.
    func signIn(
        _ base: String,
        client: OpenIDClient,
        provider: IdentityProvider? = nil,
        token: ([String: JSONValue]) async throws -> String
    ) async throws -> VerifiedIdentity {
        let provider = try provider ?? self.provider(base)
        let attempt = try await client.begin(provider, returnTo: "/kk/account").attempt
        await answerToken(try await token(claims(base, attempt)))
        return try await client.finish(
            attempt,
            with: provider,
            callback: AuthorizationCallback(code: "code-1", state: attempt.state)
        )
    }
}
