/// What a usable provider publishes, for the operator.
public struct ProviderReport: Sendable, Equatable, Encodable {
    /// Where people are sent.
    public let authorizationEndpoint: String
    /// Where codes are exchanged for tokens.
    public let tokenEndpoint: String
    /// Where the keys are published.
    public let keysEndpoint: String
    /// The userinfo endpoint.
    public let userinfoEndpoint: String?
    /// How our secret is sent to the token endpoint.
    public let tokenAuthentication: String
    /// Whether the issuer is returned with each code (RFC 9207).
    public let tellsIssuer: Bool
    /// How many of the keys can verify signatures.
    public let keys: Int

    init(_ metadata: ProviderMetadata, keys: PublishedKeys) {
        authorizationEndpoint = metadata.authorization.text
        tokenEndpoint = metadata.token.text
        keysEndpoint = metadata.keys.text
        userinfoEndpoint = metadata.userInfo?.text
        tokenAuthentication = metadata.tokenAuthentication.rawValue
        tellsIssuer = metadata.tellsIssuer
        self.keys = keys.count
    }
}
