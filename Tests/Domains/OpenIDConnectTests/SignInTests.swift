import AsyncHTTPClient
import Civic
import Crypto
import Foundation
import JWTKit
import Testing

@testable import OpenIDConnect

@Suite struct SignInTests {
    private let signIn = SignInCase()

    @Test func theBrowserIsSentWithAllThatIsNeeded() async throws {
        try await signIn.played.run { base in
            let start = try await signIn.client().begin(try signIn.provider(base), returnTo: "/kk/account")
            let address = try #require(URLComponents(string: start.redirect))
            let items = try #require(address.queryItems)
            let query = Dictionary(uniqueKeysWithValues: items.map { ($0.name, $0.value ?? "") })
            #expect(start.redirect.hasPrefix(base + "/authorize?"))
            #expect(query["response_type"] == "code")
            #expect(query["client_id"] == "portal")
            #expect(query["redirect_uri"] == SignInCase.redirect)
            #expect(query["scope"] == "openid email profile")
            #expect(query["state"] == start.attempt.state)
            #expect(query["nonce"] == start.attempt.nonce)
            #expect(query["code_challenge_method"] == "S256")
            let digest = SHA256.hash(data: Data(start.attempt.codeVerifier.utf8))
            #expect(query["code_challenge"] == Base64URL.encode(digest))
            #expect(!start.redirect.contains(start.attempt.codeVerifier))
            #expect(start.attempt.returnTo == "/kk/account")
            #expect(
                [start.attempt.state, start.attempt.nonce, start.attempt.codeVerifier].allSatisfy { $0.count == 43 }
            )
            #expect(Set([start.attempt.state, start.attempt.nonce, start.attempt.codeVerifier]).count == 3)
        }
    }

    /// RFC 7636, appendix B.
    @Test func knownChallenge() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        #expect(RandomText.challenge(of: verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    }

    @Test func anAttemptOutlivesItsStorage() async throws {
        try await signIn.played.run { base in
            let attempt = try await signIn.client().begin(try signIn.provider(base), returnTo: "/").attempt
            let stored = try JSONEncoder().encode(attempt)
            #expect(try JSONDecoder().decode(SignInAttempt.self, from: stored) == attempt)
        }
    }

    @Test func somebodySignsIn() async throws {
        try await signIn.publishFirstKey()
        try await signIn.played.run { base in
            let identity = try await signIn.signIn(base, client: signIn.client()) {
                try await SignInCase.signRS256($0)
            }
            let expected = VerifiedIdentity(
                issuer: base,
                subject: "subject-1",
                email: "aigul@example.kz",
                isEmailVerified: true,
                name: "Айгүл Серікқызы",
                locale: "kk"
            )
            #expect(identity == expected)
            let form = try #require(await signIn.played.forms.first)
            #expect(form["grant_type"] == "authorization_code")
            #expect(form["code"] == "code-1")
            #expect(form["redirect_uri"] == SignInCase.redirect)
            #expect(form["code_verifier"]?.count == 43)
            #expect(form["client_secret"] == nil)
            // RFC 6749 §2.3.1: form-encoded before they are joined.
            let pair = Data("portal:s%26cr%3At%2B%D3%99".utf8).base64EncodedString()
            #expect(await signIn.played.authorization == "Basic \(pair)")
            #expect(await signIn.played.count("userinfo") == 0)
        }
    }

    @Test func theSecretGoesAsTheProviderWantsIt() async throws {
        try await signIn.publishFirstKey()
        await signIn.played.discover(
            "token_endpoint_auth_methods_supported",
            #"["private_key_jwt","client_secret_post"]"#
        )
        try await signIn.played.run { base in
            _ = try await signIn.signIn(base, client: signIn.client()) { try await SignInCase.signRS256($0) }
            let form = try #require(await signIn.played.forms.first)
            #expect(form["client_id"] == "portal" && form["client_secret"] == SignInCase.secret)
            #expect(await signIn.played.authorization == nil)
        }
    }

    @Test func otherAlgorithmsThatAreTaken() async throws {
        let first = try SigningKeys.first.get()
        await signIn.played.set(
            "keys",
            SigningKeys.set(
                try SigningKeys.published(first, kid: "one", algorithm: nil),
                try SigningKeys.publishedCurve(kid: "curve")
            )
        )
        try await signIn.played.run { base in
            let client = signIn.client()
            let pss = try await signIn.signIn(base, client: client) { claims in
                try await SignInCase.sign(claims, kid: "one") { await $0.add(pss: first, digestAlgorithm: .sha256) }
            }
            let curve = try await signIn.signIn(base, client: client) { claims in
                try await SignInCase.sign(claims, kid: "curve") { await $0.add(ecdsa: SigningKeys.curve) }
            }
            #expect(pss == curve)
        }
    }

    @Test func googleWritesItsIssuerInTwoWays() async throws {
        try await signIn.publishFirstKey()
        let google = "https://accounts.google.com"
        await signIn.played.discover("issuer", "\"\(google)\"")
        try await signIn.played.run { base in
            let provider = try IdentityProvider.google(
                clientID: SignInCase.clientID,
                clientSecret: "secret",
                redirectURI: SignInCase.redirect,
                endpoints: EndpointOverrides(discovery: base + "/.well-known/openid-configuration")
            )
            let client = signIn.client()
            for spelling in [google, "accounts.google.com"] {
                let identity = try await signIn.signIn(base, client: client, provider: provider) { claims in
                    try await SignInCase.signRS256(claims.merging(["iss": .text(spelling)]) { $1 })
                }
                #expect(identity.issuer == google)
            }
            for spelling in [
                "http://accounts.google.com", "https://accounts.google.com/", "accounts.google.com.evil.example",
            ] {
                await #expect(throws: OpenIDError.otherIssuer(expected: google, found: spelling)) {
                    try await signIn.signIn(base, client: client, provider: provider) { claims in
                        try await SignInCase.signRS256(claims.merging(["iss": .text(spelling)]) { $1 })
                    }
                }
            }
        }
    }

    @Test(arguments: [
        (JSONValue.truth(true), true), (.truth(false), false), (.text("true"), true), (.text("false"), false),
        (.text("yes"), false), (.number(1), false), (.nothing, false),
    ])
    func emailVerified(value: JSONValue, isVerified: Bool) async throws {
        try await signIn.publishFirstKey()
        try await signIn.played.run { base in
            let identity = try await signIn.signIn(base, client: signIn.client()) { claims in
                try await SignInCase.signRS256(claims.merging(["email_verified": value]) { $1 })
            }
            #expect(identity.isEmailVerified == isVerified)
            #expect(identity.email == "aigul@example.kz")
        }
    }

    @Test func claimsThatAreNoTextAreNotTold() async throws {
        try await signIn.publishFirstKey()
        try await signIn.played.run { base in
            let odd: [String: JSONValue] = [
                "email": .text("a@b.kz\r\nBcc: c@d.kz"), "name": 7, "locale": .text(String(repeating: "k", count: 99)),
            ]
            let identity = try await signIn.signIn(base, client: signIn.client()) { claims in
                try await SignInCase.signRS256(claims.merging(odd) { $1 })
            }
            #expect(identity.email == nil && identity.name == nil && identity.locale == nil)
            #expect(!identity.isEmailVerified)
        }
    }

    @Test func userinfoTellsTheAddressThatTheTokenDoesNot() async throws {
        try await signIn.publishFirstKey()
        try await signIn.played.run { base in
            let client = signIn.client()
            func attempt() async throws -> VerifiedIdentity {
                try await signIn.signIn(base, client: client) { claims in
                    try await SignInCase.signRS256(claims.filter { $0.key != "email" })
                }
            }
            await signIn.played.set("userinfo", #"{"sub":"subject-1","email":"b@example.kz","email_verified":true}"#)
            #expect(try await attempt().email == "b@example.kz")
            #expect(await signIn.played.authorization == "Bearer access-1")
            await signIn.played.set("userinfo", #"{"sub":"subject-2","email":"b@example.kz","email_verified":true}"#)
            await #expect(throws: OpenIDError.wrongClaim(name: "sub", reason: "is not that of the userinfo")) {
                try await attempt()
            }
            await signIn.played.set("userinfo", "{}", status: 503)
            let silent = try await attempt()
            #expect(silent.email == nil && !silent.isEmailVerified && silent.subject == "subject-1")
        }
    }
}
