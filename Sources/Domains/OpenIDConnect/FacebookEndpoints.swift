/// Where Facebook's sign-in is.
///
/// <https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow>
public struct FacebookEndpoints: Sendable {
    /// The issuer under which Facebook's identifiers are known here.
    public static let issuer = "https://www.facebook.com"

    let authorization: ProviderAddress
    let token: ProviderAddress
    let me: ProviderAddress

    /// Describes the endpoints.
    ///
    /// - Throws: `OpenIDError.malformed`, `.insecureAddress`.
    public init(
        authorization: String = "https://www.facebook.com/v23.0/dialog/oauth",
        token: String = "https://graph.facebook.com/v23.0/oauth/access_token",
        me: String = "https://graph.facebook.com/v23.0/me"
    ) throws(OpenIDError) {
        self.authorization = try ProviderAddress(
            authorization,
            purpose: "authorization endpoint",
            isLoopbackTaken: true
        )
        self.token = try ProviderAddress(token, purpose: "token endpoint", isLoopbackTaken: true)
        self.me = try ProviderAddress(me, purpose: "Graph endpoint", isLoopbackTaken: true)
    }
}
