import Civic
import Crypto
import Foundation
import JWTKit
import Testing

@testable import OpenIDConnect

/// Forged or otherwise invalid tokens.
@Suite struct HostileTokenTests {
    private let signIn = SignInCase()

    struct Change: Sendable, CustomTestStringConvertible {
        let name: String
        let claims: [String: JSONValue?]
        let expected: OpenIDError

        var testDescription: String { name }

        init(_ name: String, _ claims: [String: JSONValue?], _ expected: OpenIDError) {
            self.name = name
            self.claims = claims
            self.expected = expected
        }
    }

    private static let now = SignInCase.start.timeIntervalSince1970

    static let changes: [Change] = [
        Change("other audience", ["aud": "another"], .wrongClaim(name: "aud", reason: "does not name us")),
        Change("no audience", ["aud": []], .wrongClaim(name: "aud", reason: "does not name us")),
        Change("audience missing", ["aud": nil], .malformed(what: "id_token")),
        Change("audience is a number", ["aud": 7], .malformed(what: "id_token")),
        Change(
            "several audiences and nobody named",
            ["aud": ["portal", "another"]],
            .wrongClaim(name: "azp", reason: "is missing beside several audiences")
        ),
        Change(
            "given to another",
            ["aud": ["portal", "another"], "azp": "another"],
            .wrongClaim(name: "azp", reason: "names another")
        ),
        Change("given to another alone", ["azp": "another"], .wrongClaim(name: "azp", reason: "names another")),
        Change("expired", ["exp": .number(now - 61)], .wrongClaim(name: "exp", reason: "is past")),
        Change("expiry missing", ["exp": nil], .malformed(what: "id_token")),
        Change("expiry is text", ["exp": "2030"], .malformed(what: "id_token")),
        Change("issued tomorrow", ["iat": .number(now + 86_400)], .wrongClaim(name: "iat", reason: "is to come")),
        Change("issued long ago", ["iat": .number(now - 700)], .wrongClaim(name: "iat", reason: "is too long ago")),
        Change("issue time missing", ["iat": nil], .malformed(what: "id_token")),
        Change("not valid yet", ["nbf": .number(now + 120)], .wrongClaim(name: "nbf", reason: "is to come")),
        Change("nonce missing", ["nonce": nil], .wrongClaim(name: "nonce", reason: "is missing")),
        Change("other nonce", ["nonce": "x"], .wrongClaim(name: "nonce", reason: "is not the one that was sent")),
        Change("subject missing", ["sub": nil], .malformed(what: "id_token")),
        Change("subject empty", ["sub": ""], .wrongClaim(name: "sub", reason: "is empty or too long")),
        Change(
            "subject too long",
            ["sub": .text(String(repeating: "s", count: 256))],
            .wrongClaim(name: "sub", reason: "is empty or too long")
        ),
        Change(
            "hash of another access token",
            ["at_hash": "AAAAAAAAAAAAAAAAAAAAAA"],
            .wrongClaim(name: "at_hash", reason: "is not of this access token")
        ),
    ]

    @Test(arguments: changes) func claimsAreChecked(change: Change) async throws {
        try await signIn.publishFirstKey()
        try await signIn.played.run { base in
            await #expect(throws: change.expected) {
                try await signIn.signIn(base, client: signIn.client()) { claims in
                    var claims = claims
                    for (name, value) in change.claims { claims[name] = value }
                    return try await SignInCase.signRS256(claims)
                }
            }
        }
    }

    @Test func anotherIssuerIsRefused() async throws {
        try await signIn.publishFirstKey()
        try await signIn.played.run { base in
            await #expect(throws: OpenIDError.otherIssuer(expected: base, found: "https://evil.example")) {
                try await signIn.signIn(base, client: signIn.client()) { claims in
                    try await SignInCase.signRS256(claims.merging(["iss": "https://evil.example"]) { $1 })
                }
            }
        }
    }

    @Test func claimsAtTheEdgeAreTaken() async throws {
        try await signIn.publishFirstKey()
        let half = Data(SHA256.hash(data: Data("access-1".utf8))).prefix(16)
        let edge: [String: JSONValue] = [
            "aud": ["another", "portal"], "azp": "portal", "exp": .number(Self.now - 59), "iat": .number(Self.now + 60),
            "nbf": .number(Self.now + 60), "at_hash": .text(Base64URL.encode(half)),
        ]
        try await signIn.played.run { base in
            let identity = try await signIn.signIn(base, client: signIn.client()) { claims in
                try await SignInCase.signRS256(claims.merging(edge) { $1 })
            }
            #expect(identity.subject == "subject-1")
        }
    }

    @Test func aSignatureByNobodyIsRefused() async throws {
        try await refuse(.disallowedAlgorithm("none")) { claims in
            let body = try JSONEncoder().encode(Claims(claims))
            return Base64URL.encode(Data(#"{"alg":"none"}"#.utf8)) + "." + Base64URL.encode(body) + "."
        }
        try await refuse(.disallowedAlgorithm("None")) { claims in
            let body = try JSONEncoder().encode(Claims(claims))
            return Base64URL.encode(Data(#"{"alg":"None","kid":"one"}"#.utf8)) + "." + Base64URL.encode(body)
                + "."
        }
        try await refuse(.wrongSignature) { claims in
            let token = try await SignInCase.signRS256(claims)
            return String(token.prefix(through: token.lastIndex(of: ".") ?? token.startIndex))
        }
    }

    @Test("Parts of a token must be base64url without padding (RFC 7515, 2)")
    func aPaddedHeaderIsRefused() async throws {
        let header = Data(#"{"alg":"none"}"#.utf8).base64EncodedString()
        #expect(header.hasSuffix("="))
        try await refuse(.malformed(what: "id_token")) { claims in
            header + "." + Base64URL.encode(try JSONEncoder().encode(Claims(claims))) + "."
        }
    }

    @Test func aSignatureByWhatEverybodyKnowsIsRefused() async throws {
        let publicKey = try SigningKeys.first.get().publicKey.pemRepresentation
        for secret in [publicKey, SignInCase.secret, "portal"] {
            try await refuse(.disallowedAlgorithm("HS256")) { try Self.signed($0, with: secret, as: "HS256") }
            // The same, with a header that names another algorithm.
            try await refuse(.wrongSignature) { try Self.signed($0, with: secret, as: "RS256") }
        }
    }

    /// A token signed with a shared secret, by hand because jwt-kit does not accept short ones.
    private static func signed(
        _ claims: [String: JSONValue],
        with secret: String,
        as algorithm: String
    ) throws -> String {
        let head = Data(#"{"alg":"\#(algorithm)","kid":"one"}"#.utf8)
        let input = Base64URL.encode(head) + "." + Base64URL.encode(try JSONEncoder().encode(Claims(claims)))
        let key = SymmetricKey(data: Data(secret.utf8))
        return input + "." + Base64URL.encode(HMAC<SHA256>.authenticationCode(for: Data(input.utf8), using: key))
    }

    @Test func aSignatureByAnotherKeyIsRefused() async throws {
        try await refuse(.wrongSignature) { try await SignInCase.signRS256($0, by: SigningKeys.second) }
        try await refuse(.unknownKey) { try await SignInCase.signRS256($0, by: SigningKeys.second, kid: "two") }
        try await refuse(.wrongSignature) { try await SignInCase.signRS256($0, by: SigningKeys.second, kid: nil) }
        try await refuse(.unknownKey) { claims in
            try await SignInCase.sign(claims, kid: "one") { await $0.add(ecdsa: SigningKeys.curve) }
        }
        // The key is published for RS256 only.
        let first = try SigningKeys.first.get()
        try await refuse(.unknownKey) { claims in
            try await SignInCase.sign(claims, kid: "one") { await $0.add(pss: first, digestAlgorithm: .sha256) }
        }
        try await refuse(.disallowedAlgorithm("RS384")) { claims in
            try await SignInCase.sign(claims, kid: "one") { await $0.add(rsa: first, digestAlgorithm: .sha384) }
        }
    }

    @Test func aKeyInTheTokenIsNotTaken() async throws {
        let second = try SigningKeys.second.get()
        let own = try SigningKeys.published(second, kid: "one")
        try await refuse(.wrongSignature) { claims in
            try await SignInCase.signRS256(
                claims,
                by: .success(second),
                header: ["jwk": .string(own), "jku": .string("https://evil.example/keys")]
            )
        }
    }

    @Test func criticalExtensionsAreRefused() async throws {
        try await refuse(.malformed(what: "id_token with critical extensions")) { claims in
            try await SignInCase.signRS256(claims, header: ["crit": .array([.string("b64")]), "b64": .bool(false)])
        }
    }

    @Test(arguments: ["", ".", "..", "a.b", "a.b.c", "e30.e30.e30", "....", "eyJhbGciOjd9.e30.e30", "\u{00}.x.y"])
    func whatIsNoTokenIsRefused(token: String) async throws {
        try await refuse(.malformed(what: "id_token")) { _ in token.replacing("\u{00}", with: "%") }
    }

    @Test func aHugeTokenIsNotRead() async throws {
        try await refuse(.tooLarge(what: "id_token", limit: 16_384)) { _ in String(repeating: "a", count: 20_000) }
    }

    @Test func bytesAtRandomChangeNothing() async throws {
        let keys = try PublishedKeys(
            Data(SigningKeys.set(try SigningKeys.published(SigningKeys.first.get(), kid: "one")).utf8)
        )
        let right = Array(try await SignInCase.signRS256(claims).utf8)
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            var bytes = right
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            bytes[place] = UInt8.random(in: 0x20...0x7E, using: &generator)
            guard let token = try? IDToken(String(decoding: bytes, as: UTF8.self)) else { continue }
            // A changed token that is accepted must say the same: base64 has unused bits at its end.
            guard let read = try? await token.claims(signedBy: keys) else { continue }
            #expect(read.subject == "subject-1" && read.nonce == "n" && read.audience == ["portal"])
        }
    }

    private var claims: [String: JSONValue] {
        ["iss": "i", "sub": "subject-1", "aud": "portal", "exp": 1_900_000_000, "iat": 1_800_000_000, "nonce": "n"]
    }

    /// Signs in with the token and expects the error, whose text must reveal nothing of the token, the code or the secret.
    private func refuse(
        _ expected: OpenIDError,
        sourceLocation: SourceLocation = #_sourceLocation,
        token: @escaping @Sendable ([String: JSONValue]) async throws -> String
    ) async throws {
        let signIn = SignInCase()
        try await signIn.publishFirstKey()
        try await signIn.played.run { base in
            let error = await #expect(throws: OpenIDError.self, sourceLocation: sourceLocation) {
                try await signIn.signIn(base, client: signIn.client(), token: token)
            }
            #expect(error == expected, sourceLocation: sourceLocation)
            let words = "\(error?.description ?? "") \(String(reflecting: error))"
            for secret in [SignInCase.secret, "code-1", "access-1", "aigul@", "eyJ"] {
                #expect(!words.contains(secret), sourceLocation: sourceLocation)
            }
        }
    }
}
