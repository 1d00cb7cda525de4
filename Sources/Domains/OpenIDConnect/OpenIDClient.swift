public import AsyncHTTPClient
import Civic
public import Foundation
import NIOCore

/// Signs people in with providers: sends them there, and verifies who they are when they return.
///
/// Uses the authorization code flow with PKCE, state and nonce, and checks everything that the provider returns.
public struct OpenIDClient: Sendable {
    let connection: ProviderConnection
    let memory: ProviderMemory
    let now: @Sendable () -> Date

    /// The required configuration of the HTTP client: it follows no redirects, which could carry our secret to another host.
    public static var httpConfiguration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout = .init(connect: .seconds(5), read: .seconds(10))
        return configuration
    }

    /// Makes a client.
    ///
    /// - Parameters:
    ///   - http: a client made with `httpConfiguration`; its creator shuts it down.
    ///   - now: the clock.
    public init(http: HTTPClient, now: @escaping @Sendable () -> Date = { Date() }) {
        self.init(http: http, now: now, timeout: ProviderConnection.timeout)
    }

    init(http: HTTPClient, now: @escaping @Sendable () -> Date, timeout: TimeInterval) {
        connection = ProviderConnection(http, timeout: timeout)
        memory = ProviderMemory(connection, now: now)
        self.now = now
    }

    /// Begins an attempt to sign in.
    ///
    /// - Parameters:
    ///   - provider: the provider.
    ///   - returnTo: the path on our side to continue to; the caller has checked it.
    /// - Throws: `OpenIDError` when the provider cannot be used at present.
    public func begin(_ provider: IdentityProvider, returnTo: String) async throws(OpenIDError) -> SignInStart {
        let attempt = SignInAttempt(provider: provider.name, returnTo: returnTo, created: now())
        var parameters: [(name: String, value: String)] = [
            ("response_type", "code"), ("client_id", provider.clientID), ("redirect_uri", provider.redirectURI),
            ("state", attempt.state),
        ]
        switch provider.kind {
        case .openID(let issuer):
            let metadata = try await memory.metadata(of: issuer)
            parameters += [
                ("scope", issuer.scopes.joined(separator: " ")), ("nonce", attempt.nonce),
                ("code_challenge", RandomText.challenge(of: attempt.codeVerifier)), ("code_challenge_method", "S256"),
            ]
            return SignInStart(attempt: attempt, redirect: metadata.authorization.adding(parameters))
        case .facebook(let endpoints):
            parameters += [("scope", "public_profile,email")]
            return SignInStart(attempt: attempt, redirect: endpoints.authorization.adding(parameters))
        }
    }

    /// Completes an attempt: checks what came back, and returns who the person is.
    ///
    /// - Parameters:
    ///   - attempt: what was stored for the state that came back; the caller has removed it from its store, so that
    ///     it is used once, and has checked that the browser is the one that began it.
    ///   - provider: the provider that `attempt` names.
    ///   - callback: the query that came back.
    /// - Throws: `OpenIDError`; `.denied` when the person denied the sign-in.
    public func finish(
        _ attempt: SignInAttempt,
        with provider: IdentityProvider,
        callback: AuthorizationCallback
    ) async throws(OpenIDError) -> VerifiedIdentity {
        guard attempt.provider == provider.name, let state = callback.state,
            state.isEqualInConstantTime(to: attempt.state)
        else { throw .otherAttempt }
        let age = now().timeIntervalSince(attempt.created)
        guard age <= SignInAttempt.lifetime else { throw .staleAttempt(age: Int(min(age, 1e9))) }
        switch provider.kind {
        case .openID(let issuer):
            let metadata = try await memory.metadata(of: issuer)
            try checkIssuer(of: callback, issuer: issuer, isRequired: metadata.tellsIssuer)
            let code = try code(of: callback)
            return try await identity(code, attempt: attempt, provider: provider, issuer: issuer, metadata: metadata)
        case .facebook(let endpoints):
            return try await facebookIdentity(try code(of: callback), provider: provider, endpoints: endpoints)
        }
    }

    /// Fetches what a provider publishes and reports whether it can be used.
    ///
    /// - Throws: `OpenIDError` with the reason when it cannot.
    public func check(_ issuer: OpenIDIssuer) async throws(OpenIDError) -> ProviderReport {
        let metadata = try await memory.metadata(of: issuer)
        let keys = try await memory.keys(of: metadata).keys
        guard keys.count > 0 else { throw .unsupported("a key that checks signatures") }
        return ProviderReport(metadata, keys: keys)
    }

    /// RFC 9207: an issuer that comes back must be the one that was asked, which prevents mix-up attacks.
    private func checkIssuer(
        of callback: AuthorizationCallback,
        issuer: OpenIDIssuer,
        isRequired: Bool
    ) throws(OpenIDError) {
        guard let found = callback.issuer else {
            // An error without an issuer reveals nothing, and django-oauth-toolkit sends it that way.
            if isRequired, callback.error == nil { throw .otherIssuer(expected: issuer.issuer, found: "") }
            return
        }
        guard issuer.acceptedIssuers.contains(found) else {
            throw .otherIssuer(expected: issuer.issuer, found: OpenIDError.plain(found))
        }
    }

    private func code(of callback: AuthorizationCallback) throws(OpenIDError) -> String {
        if let error = callback.error { throw .denied(code: OpenIDError.plain(error)) }
        guard let code = callback.code else { throw .malformed(what: "returning query") }
        return code
    }
}
