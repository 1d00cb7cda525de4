import JWTKit

/// The claims of an id_token; times are seconds since 1970.
///
/// <https://openid.net/specs/openid-connect-core-1_0.html#IDToken>
struct IDTokenClaims: JWTPayload {
    let issuer: String
    let subject: String
    let audience: [String]
    let authorizedParty: String?
    let expires: Double
    let issued: Double
    let notBefore: Double?
    let nonce: String?
    let accessTokenHash: String?
    let person: PersonClaims

    private enum CodingKeys: String, CodingKey {
        case issuer = "iss"
        case subject = "sub"
        case audience = "aud"
        case authorizedParty = "azp"
        case expires = "exp"
        case issued = "iat"
        case notBefore = "nbf"
        case nonce
        case accessTokenHash = "at_hash"
    }

    init(from decoder: any Decoder) throws {
        let claims = try decoder.container(keyedBy: CodingKeys.self)
        issuer = try claims.decode(String.self, forKey: .issuer)
        subject = try claims.decode(String.self, forKey: .subject)
        if let one = try? claims.decode(String.self, forKey: .audience) {
            audience = [one]
        } else {
            audience = try claims.decode([String].self, forKey: .audience)
        }
        authorizedParty = try claims.decodeIfPresent(String.self, forKey: .authorizedParty)
        expires = try claims.decode(Double.self, forKey: .expires)
        issued = try claims.decode(Double.self, forKey: .issued)
        notBefore = try claims.decodeIfPresent(Double.self, forKey: .notBefore)
        nonce = try claims.decodeIfPresent(String.self, forKey: .nonce)
        accessTokenHash = try claims.decodeIfPresent(String.self, forKey: .accessTokenHash)
        person = try PersonClaims(from: decoder)
    }

    func encode(to encoder: any Encoder) throws {
        var claims = encoder.container(keyedBy: CodingKeys.self)
        try claims.encode(issuer, forKey: .issuer)
        try claims.encode(subject, forKey: .subject)
        try claims.encode(audience, forKey: .audience)
        try claims.encodeIfPresent(authorizedParty, forKey: .authorizedParty)
        try claims.encode(expires, forKey: .expires)
        try claims.encode(issued, forKey: .issued)
        try claims.encodeIfPresent(notBefore, forKey: .notBefore)
        try claims.encodeIfPresent(nonce, forKey: .nonce)
        try claims.encodeIfPresent(accessTokenHash, forKey: .accessTokenHash)
        try person.encode(to: encoder)
    }

    /// Does nothing: claims are checked by `IDTokenRule`, which knows what was requested.
    func verify(using algorithm: some JWTAlgorithm) {}
}
