import Foundation
import JWTKit
import TestSupport
import Testing

@testable import OpenIDConnect

/// Providers rotate their keys, and not all keys have an id.
@Suite struct ProviderKeysTests {
    private let signIn = SignInCase()

    private func publish(_ keys: String...) async {
        await signIn.played.set("keys", #"{"keys":[\#(keys.joined(separator: ","))]}"#)
    }

    @Test func aProviderChangesItsKeys() async throws {
        try await signIn.publishFirstKey()
        try await signIn.played.run { base in
            let client = signIn.client()
            _ = try await signIn.signIn(base, client: client) { try await SignInCase.signRS256($0) }
            #expect(await signIn.played.count("keys") == 1)

            await publish(try SigningKeys.published(SigningKeys.second.get(), kid: "two"))
            func withNewKey() async throws -> VerifiedIdentity {
                try await signIn.signIn(base, client: client) { claims in
                    try await SignInCase.signRS256(claims, by: SigningKeys.second, kid: "two")
                }
            }
            // Fetched less than a minute ago: unknown tokens must not cause further requests.
            for _ in 0..<5 { await #expect(throws: OpenIDError.unknownKey) { try await withNewKey() } }
            #expect(await signIn.played.count("keys") == 1)

            signIn.clock.advance(by: 61)
            #expect(try await withNewKey().subject == "subject-1")
            #expect(await signIn.played.count("keys") == 2)

            // The old key is no longer published, so its tokens are refused, again without a request.
            await #expect(throws: OpenIDError.unknownKey) {
                try await signIn.signIn(base, client: client) { try await SignInCase.signRS256($0) }
            }
            #expect(await signIn.played.count("keys") == 2)
        }
    }

    /// After a clock that was days ahead is set back, keys that were fetched meanwhile do not stay valid until it has caught
    /// up.
    @Test func keysAreAskedForAgainAfterTheClockWasSetBack() async throws {
        try await signIn.publishFirstKey()
        try await signIn.played.run { base in
            let client = signIn.client()
            signIn.clock.advance(by: 13 * 86_400)
            _ = try await signIn.signIn(base, client: client) { try await SignInCase.signRS256($0) }
            #expect(await signIn.played.count("keys") == 1)
            signIn.clock.advance(by: -13 * 86_400)
            await publish(try SigningKeys.published(SigningKeys.second.get(), kid: "two"))
            let identity = try await signIn.signIn(base, client: client) { claims in
                try await SignInCase.signRS256(claims, by: SigningKeys.second, kid: "two")
            }
            #expect(identity.subject == "subject-1")
        }
    }

    /// Two concurrent sign-ins need the new keys: the second uses what the first has fetched.
    @Test func manyMeetNewKeysAtOnce() async throws {
        try await signIn.publishFirstKey()
        try await signIn.played.run { base in
            let client = signIn.client()
            let provider = try signIn.provider(base)
            _ = try await signIn.signIn(base, client: client) { try await SignInCase.signRS256($0) }
            await publish(try SigningKeys.published(SigningKeys.second.get(), kid: "two"))
            signIn.clock.advance(by: 61)
            let attempt = try await client.begin(provider, returnTo: "/").attempt
            let token = try await SignInCase.signRS256(signIn.claims(base, attempt), by: SigningKeys.second, kid: "two")
            await signIn.answerToken(token)
            let callback = AuthorizationCallback(code: "c", state: attempt.state)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 {
                    group.addTask { _ = try await client.finish(attempt, with: provider, callback: callback) }
                }
                try await group.waitForAll()
            }
            #expect(await signIn.played.count("keys") == 2)
        }
    }

    @Test func aProviderWithoutNamesForItsKeysChangesThem() async throws {
        await publish(try SigningKeys.published(SigningKeys.first.get(), kid: nil, algorithm: nil, use: nil))
        try await signIn.played.run { base in
            let client = signIn.client()
            _ = try await signIn.signIn(base, client: client) { try await SignInCase.signRS256($0, kid: nil) }
            await publish(try SigningKeys.published(SigningKeys.second.get(), kid: nil))
            func withNewKey() async throws -> VerifiedIdentity {
                try await signIn.signIn(base, client: client) { claims in
                    try await SignInCase.signRS256(claims, by: SigningKeys.second, kid: nil)
                }
            }
            await #expect(throws: OpenIDError.wrongSignature) { try await withNewKey() }
            signIn.clock.advance(by: 61)
            #expect(try await withNewKey().subject == "subject-1")
            #expect(await signIn.played.count("keys") == 2)
        }
    }

    @Test(arguments: [nil, "one", "new"]) func withoutNamesAllKeysAreTried(kid: String?) async throws {
        await publish(
            try SigningKeys.publishedCurve(kid: nil),
            try SigningKeys.published(SigningKeys.second.get(), kid: nil),
            try SigningKeys.published(SigningKeys.first.get(), kid: nil)
        )
        try await signIn.played.run { base in
            let client = signIn.client()
            let first = try await signIn.signIn(base, client: client) { try await SignInCase.signRS256($0, kid: kid) }
            let curve = try await signIn.signIn(base, client: client) { claims in
                try await SignInCase.sign(claims, kid: kid) { await $0.add(ecdsa: SigningKeys.curve) }
            }
            #expect(first == curve)
        }
    }

    @Test func aTokenWithoutNameFindsItsKeyAmongNamed() async throws {
        await publish(
            try SigningKeys.published(SigningKeys.second.get(), kid: "two"),
            try SigningKeys.published(SigningKeys.first.get(), kid: "one")
        )
        try await signIn.played.run { base in
            let identity = try await signIn.signIn(base, client: signIn.client()) {
                try await SignInCase.signRS256($0, kid: nil)
            }
            #expect(identity.subject == "subject-1")
        }
    }

    @Test func strangeKeysDoNotHideTheOthers() async throws {
        await publish(
            #"{"kty":"oct","k":"c2VjcmV0","kid":"one"}"#,
            #"{"kty":"EC","crv":"secp256k1","x":"AA","y":"AA","kid":"one"}"#,
            #"{"kty":"RSA","n":"AQAB","e":"AQAB","kid":"one"}"#,
            #"{"kty":"RSA","kid":"one"}"#,
            "{}",
            "7",
            try SigningKeys.published(SigningKeys.second.get(), kid: "one", algorithm: "RSA-OAEP-256", use: "enc"),
            try SigningKeys.published(SigningKeys.first.get(), kid: "one")
        )
        try await signIn.played.run { base in
            let identity = try await signIn.signIn(base, client: signIn.client()) { try await SignInCase.signRS256($0) }
            #expect(identity.subject == "subject-1")
        }
    }

    @Test func aKeyForEncryptionSignsNothing() async throws {
        await publish(try SigningKeys.published(SigningKeys.first.get(), kid: "one", use: "enc"))
        try await signIn.played.run { base in
            await #expect(throws: OpenIDError.unknownKey) {
                try await signIn.signIn(base, client: signIn.client()) { try await SignInCase.signRS256($0) }
            }
        }
    }

    @Test(arguments: ["", "{}", "[]", #"{"keys":7}"#, "<html>"]) func whatIsNoKeySetIsRefused(body: String) async throws
    {
        await signIn.played.set("keys", body)
        try await signIn.played.run { base in
            await #expect(throws: OpenIDError.malformed(what: "key set")) {
                try await signIn.signIn(base, client: signIn.client()) { try await SignInCase.signRS256($0) }
            }
        }
    }

    @Test func keysAreKeptForAnHour() async throws {
        try await signIn.publishFirstKey()
        try await signIn.played.run { base in
            let client = signIn.client()
            for _ in 0..<3 { _ = try await signIn.signIn(base, client: client) { try await SignInCase.signRS256($0) } }
            #expect(await signIn.played.count("keys") == 1)
            signIn.clock.advance(by: 3601)
            _ = try await signIn.signIn(base, client: client) { try await SignInCase.signRS256($0) }
            #expect(await signIn.played.count("keys") == 2)
            #expect(await signIn.played.count("discovery") == 2)
        }
    }
}
