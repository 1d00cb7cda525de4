import Foundation

/// What a provider publishes about itself.
///
/// <https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata>
struct DiscoveryDocument: Decodable {
    let issuer: String
    let authorization: String
    let token: String
    let keys: String
    let userInfo: String?
    let responseTypes: [String]?
    let challengeMethods: [String]?
    let tokenAuthentication: [String]?
    let signingAlgorithms: [String]?
    /// Whether `iss` is always returned with a code (RFC 9207, 3).
    let tellsIssuer: Bool?

    private enum CodingKeys: String, CodingKey {
        case issuer
        case authorization = "authorization_endpoint"
        case token = "token_endpoint"
        case keys = "jwks_uri"
        case userInfo = "userinfo_endpoint"
        case responseTypes = "response_types_supported"
        case challengeMethods = "code_challenge_methods_supported"
        case tokenAuthentication = "token_endpoint_auth_methods_supported"
        case signingAlgorithms = "id_token_signing_alg_values_supported"
        case tellsIssuer = "authorization_response_iss_parameter_supported"
    }
}
