public import AsyncHTTPClient
public import Foundation
import NIOCore

/// Signs people in by providers: sends them there, takes what they bring back, and says who they are.
///
/// The authorization code flow with PKCE, state and nonce; what the provider says is checked before it is believed.
public struct OpenIDClient: Sendable {
    let connection: ProviderConnection
    let memory: ProviderMemory
    let now: @Sendable () -> Date

    /// How a client for this purpose must be configured: it follows no redirect, which could carry our secret elsewhere.
    public static var httpConfiguration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout = .init(connect: .seconds(5), read: .seconds(10))
        return configuration
    }

    /// Makes a client.
    ///
    /// - Parameters:
    ///   - http: a client made with `httpConfiguration`; who made it shuts it down.
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
    ///   - provider: whom to ask.
    ///   - returnTo: the path on our side to go on to; the caller has checked it.
    /// - Throws: `OpenIDError` when the provider cannot be used now.
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

    /// Ends an attempt: takes what came back and says who the person is.
    ///
    /// - Parameters:
    ///   - attempt: what was remembered for the state that came back; the caller has taken it out of its memory, so that
    ///     it is used once, and has checked that the browser is the one that began it.
    ///   - provider: whom `attempt` names.
    ///   - callback: what came back.
    /// - Throws: `OpenIDError`; `.denied` when the person said no.
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

    /// Asks a provider for what it publishes and says whether it can be used.
    ///
    /// - Throws: `OpenIDError` with the reason why it cannot.
    public func check(_ issuer: OpenIDIssuer) async throws(OpenIDError) -> ProviderReport {
        let metadata = try await memory.metadata(of: issuer)
        let keys = try await memory.keys(of: metadata).keys
        guard keys.count > 0 else { throw .unsupported("a key that checks signatures") }
        return ProviderReport(metadata, keys: keys)
    }

    /// RFC 9207: an issuer that comes back must be the one that was asked, or another provider may have been put between.
    private func checkIssuer(
        of callback: AuthorizationCallback,
        issuer: OpenIDIssuer,
        isRequired: Bool
    ) throws(OpenIDError) {
        guard let found = callback.issuer else {
            // A refusal without its issuer gives nothing away, and django-oauth-toolkit sends it so.
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
