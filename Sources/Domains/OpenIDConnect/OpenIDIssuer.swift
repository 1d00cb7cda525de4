/// A provider of OpenID Connect: its issuer, and endpoints that replace those of discovery.
public struct OpenIDIssuer: Sendable {
    /// The issuer, under which its subjects are known here.
    public let issuer: String
    /// The spellings of the issuer that a token may carry.
    public let acceptedIssuers: Set<String>
    /// The requested scopes.
    public let scopes: [String]
    /// The endpoints that are set by hand.
    public let endpoints: EndpointOverrides
    let address: ProviderAddress

    /// Describes an issuer.
    ///
    /// - Parameters:
    ///   - issuer: an address as defined in <https://openid.net/specs/openid-connect-discovery-1_0.html>.
    ///   - acceptedIssuers: the spellings that a token may carry; nil accepts the issuer alone.
    ///   - scopes: the requested scopes, among them `openid`.
    ///   - endpoints: the endpoints that are set by hand.
    /// - Throws: `OpenIDError.malformed`, `.insecureAddress`.
    public init(
        _ issuer: String,
        acceptedIssuers: Set<String>? = nil,
        scopes: [String] = ["openid", "email", "profile"],
        endpoints: EndpointOverrides = EndpointOverrides()
    ) throws(OpenIDError) {
        address = try ProviderAddress(issuer, purpose: "issuer", isLoopbackTaken: true)
        guard !issuer.contains("?") else { throw .malformed(what: "issuer") }
        try endpoints.validate()
        self.issuer = issuer
        self.acceptedIssuers = acceptedIssuers ?? [issuer]
        self.scopes = scopes.contains("openid") ? scopes : ["openid"] + scopes
        self.endpoints = endpoints
    }

    /// Where the discovery document is.
    var discovery: String {
        endpoints.discovery ?? (issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer)
            + "/.well-known/openid-configuration"
    }
}

/// Endpoints of an OpenID provider that are set by hand, each in place of the one from discovery.
public struct EndpointOverrides: Sendable, Equatable {
    /// Where the discovery document is.
    public let discovery: String?
    /// Where people are sent.
    public let authorization: String?
    /// Where codes are exchanged for tokens.
    public let token: String?
    /// Where the keys are published.
    public let keys: String?
    /// The userinfo endpoint.
    public let userInfo: String?

    /// Sets some endpoints by hand.
    public init(
        discovery: String? = nil,
        authorization: String? = nil,
        token: String? = nil,
        keys: String? = nil,
        userInfo: String? = nil
    ) {
        self.discovery = discovery
        self.authorization = authorization
        self.token = token
        self.keys = keys
        self.userInfo = userInfo
    }

    func validate() throws(OpenIDError) {
        let all = [
            ("discovery", discovery), ("authorization", authorization), ("token", token), ("keys", keys),
            ("userinfo", userInfo),
        ]
        for case (let name, let text?) in all {
            _ = try ProviderAddress(text, purpose: "\(name) endpoint", isLoopbackTaken: true)
        }
    }
}
