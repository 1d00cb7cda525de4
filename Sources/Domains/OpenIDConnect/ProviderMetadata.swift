/// A checked discovery document, overridden by the endpoints that are set by hand.
struct ProviderMetadata: Sendable, Equatable {
    /// How our secret is sent to the token endpoint.
    enum TokenAuthentication: String, Sendable {
        case basic = "client_secret_basic"
        case post = "client_secret_post"
    }

    let authorization: ProviderAddress
    let token: ProviderAddress
    let keys: ProviderAddress
    let userInfo: ProviderAddress?
    let tokenAuthentication: TokenAuthentication
    let tellsIssuer: Bool

    /// Checks a document.
    ///
    /// - Parameter isLoopbackTaken: whether it came from this machine, so that its endpoints may be there too.
    /// - Throws: `OpenIDError.otherIssuer`, `.unsupported`, `.malformed`, `.insecureAddress`.
    init(_ document: DiscoveryDocument, of issuer: OpenIDIssuer, isLoopbackTaken: Bool) throws(OpenIDError) {
        guard document.issuer == issuer.issuer else {
            throw .otherIssuer(expected: issuer.issuer, found: OpenIDError.plain(document.issuer))
        }
        func address(_ own: String?, _ found: String, _ name: String) throws(OpenIDError) -> ProviderAddress {
            try ProviderAddress(
                own ?? found,
                purpose: "\(name) endpoint",
                isLoopbackTaken: own != nil || isLoopbackTaken
            )
        }
        let own = issuer.endpoints
        authorization = try address(own.authorization, document.authorization, "authorization")
        token = try address(own.token, document.token, "token")
        keys = try address(own.keys, document.keys, "keys")
        if let found = own.userInfo ?? document.userInfo {
            userInfo = try address(own.userInfo, found, "userinfo")
        } else {
            userInfo = nil
        }
        tellsIssuer = document.tellsIssuer ?? false
        tokenAuthentication = try Self.authentication(document)
        try Self.requireAbilities(document)
    }

    private static func authentication(_ document: DiscoveryDocument) throws(OpenIDError) -> TokenAuthentication {
        // The default is client_secret_basic (OpenID Connect Discovery, 3).
        guard let methods = document.tokenAuthentication else { return .basic }
        for method in [TokenAuthentication.basic, .post] where methods.contains(method.rawValue) { return method }
        throw .unsupported("client_secret_basic or client_secret_post")
    }

    private static func requireAbilities(_ document: DiscoveryDocument) throws(OpenIDError) {
        if let types = document.responseTypes, !types.contains("code") {
            throw .unsupported("the authorization code flow")
        }
        if let methods = document.challengeMethods, !methods.contains("S256") {
            throw .unsupported("PKCE with S256")
        }
        if let algorithms = document.signingAlgorithms,
            !algorithms.contains(where: { SigningAlgorithm(rawValue: $0) != nil })
        {
            throw .unsupported("id_tokens signed with RS256, PS256 or ES256")
        }
    }
}
