import Foundation
import Testing

@testable import OpenIDConnect

@Suite struct ConfigurationTests {
    @Test(arguments: [
        "https://a.example", "https://a.example:8443/b?c=d", "http://127.0.0.1:9500/o", "http://localhost/",
        "http://[::1]:80/",
        "http://127.9.9.9/",
    ])
    func addressesThatAreTaken(text: String) throws {
        #expect(try ProviderAddress(text, purpose: "test", isLoopbackTaken: true).text == text)
    }

    @Test(arguments: [
        "", "a.example", "http://a.example", "http://127.0.0.1.a.example", "http://localhost.a.example",
        "http://127.0.0.256/",
        "http://0.0.0.0/", "http://10.0.0.1/", "http://[::2]/", "ftp://127.0.0.1/", "javascript:alert(1)",
        "file:///etc/passwd",
        "https://", "https:///x", "https://u@a.example", "https://u:p@a.example", "https://a.example/#f",
        "https://a.example/\nb",
        "https://a.example/ b", "https://әлматы.example/ә", "http://2130706433/",
    ])
    func addressesThatAreRefused(text: String) {
        #expect(throws: OpenIDError.self) { try ProviderAddress(text, purpose: "test", isLoopbackTaken: true) }
    }

    @Test func loopbackCanBeRefused() {
        #expect(throws: OpenIDError.self) {
            try ProviderAddress("http://127.0.0.1/", purpose: "test", isLoopbackTaken: false)
        }
    }

    @Test func providersAreChecked() throws {
        func make(
            name: String = "oidc",
            issuer: String = "https://a.example",
            id: String = "i",
            secret: String = "s",
            redirect: String = "https://portal.example/callback"
        ) throws -> IdentityProvider {
            try .openID(
                name: name,
                label: "L",
                issuer: issuer,
                clientID: id,
                clientSecret: secret,
                redirectURI: redirect
            )
        }
        #expect(try make().name == "oidc")
        for name in ["", "Google", "a b", "a/b", "ә", String(repeating: "a", count: 31)] {
            #expect(throws: OpenIDError.self) { try make(name: name) }
        }
        #expect(throws: OpenIDError.self) { try make(issuer: "http://a.example") }
        #expect(throws: OpenIDError.self) { try make(issuer: "https://a.example?x=y") }
        #expect(throws: OpenIDError.self) { try make(id: "") }
        #expect(throws: OpenIDError.self) { try make(secret: "") }
        #expect(throws: OpenIDError.self) { try make(redirect: "http://portal.example/callback") }
        #expect(throws: OpenIDError.self) {
            try OpenIDIssuer("https://a.example", endpoints: EndpointOverrides(token: "http://a.example/"))
        }
        #expect(throws: OpenIDError.self) { try FacebookEndpoints(me: "http://graph.example/me") }
    }

    @Test func discoveryIsWhereTheIssuerSays() throws {
        #expect(try OpenIDIssuer("https://a.example").discovery == "https://a.example/.well-known/openid-configuration")
        #expect(
            try OpenIDIssuer("https://a.example/").discovery == "https://a.example/.well-known/openid-configuration"
        )
        #expect(
            try OpenIDIssuer("https://a.example/o").discovery == "https://a.example/o/.well-known/openid-configuration"
        )
        #expect(try OpenIDIssuer("https://a.example", scopes: ["email"]).scopes == ["openid", "email"])
    }

    @Test func secretsDoNotShowThemselves() throws {
        let provider = try IdentityProvider.google(
            clientID: "i",
            clientSecret: "very-secret",
            redirectURI: "https://portal.example/callback"
        )
        var dumped = ""
        dump(provider, to: &dumped)
        for text in ["\(provider)", String(reflecting: provider), dumped] { #expect(!text.contains("very-secret")) }
        let attempt = SignInAttempt(provider: "google", returnTo: "/", created: .init())
        #expect("\(attempt)" == "attempt to sign in by google")
        for secret in [attempt.state, attempt.nonce, attempt.codeVerifier] { #expect(!"\(attempt)".contains(secret)) }
        let callback = AuthorizationCallback(code: "very-secret", state: "very-secret")
        #expect(!"\(callback)".contains("very-secret"))
    }
}
