import Civic
import Crypto
import Foundation

/// The claims that an id_token must have for one attempt.
///
/// <https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation>
struct IDTokenRule {
    /// The tolerated difference between clocks, in seconds.
    static let leeway: TimeInterval = 60
    /// The maximum age of a token that comes directly from the token endpoint, in seconds.
    static let longestAge: TimeInterval = 600
    /// The longest subject (OpenID Connect Core, 2).
    static let longestSubject = 255

    let issuer: OpenIDIssuer
    let clientID: String
    let nonce: String
    let accessToken: String?
    let now: Date

    /// Checks the claims of a token whose signature was verified.
    ///
    /// - Throws: `OpenIDError.otherIssuer`, `.wrongClaim`.
    func check(_ claims: IDTokenClaims) throws(OpenIDError) {
        guard issuer.acceptedIssuers.contains(claims.issuer) else {
            throw .otherIssuer(expected: issuer.issuer, found: OpenIDError.plain(claims.issuer))
        }
        guard !claims.subject.isEmpty, claims.subject.utf8.count <= Self.longestSubject else {
            throw .wrongClaim(name: "sub", reason: "is empty or too long")
        }
        try checkAudience(claims)
        try checkTimes(claims)
        guard let found = claims.nonce else { throw .wrongClaim(name: "nonce", reason: "is missing") }
        guard found.isEqualInConstantTime(to: nonce) else {
            throw .wrongClaim(name: "nonce", reason: "is not the one that was sent")
        }
        try checkAccessToken(claims)
    }

    private func checkAudience(_ claims: IDTokenClaims) throws(OpenIDError) {
        guard claims.audience.contains(clientID) else { throw .wrongClaim(name: "aud", reason: "does not name us") }
        if let party = claims.authorizedParty {
            guard party == clientID else { throw .wrongClaim(name: "azp", reason: "names another") }
        } else if claims.audience.count > 1 {
            throw .wrongClaim(name: "azp", reason: "is missing beside several audiences")
        }
    }

    private func checkTimes(_ claims: IDTokenClaims) throws(OpenIDError) {
        let now = now.timeIntervalSince1970
        guard now < claims.expires + Self.leeway else { throw .wrongClaim(name: "exp", reason: "is past") }
        guard claims.issued <= now + Self.leeway else { throw .wrongClaim(name: "iat", reason: "is to come") }
        guard claims.issued >= now - Self.longestAge - Self.leeway else {
            throw .wrongClaim(name: "iat", reason: "is too long ago")
        }
        if let start = claims.notBefore, start > now + Self.leeway {
            throw .wrongClaim(name: "nbf", reason: "is to come")
        }
    }

    /// Where the token carries a hash of the access token, it must be the hash of ours (OpenID Connect Core, 3.1.3.6);
    /// all accepted algorithms use SHA-256.
    private func checkAccessToken(_ claims: IDTokenClaims) throws(OpenIDError) {
        guard let found = claims.accessTokenHash, let accessToken else { return }
        let half = SHA256.hash(data: Data(accessToken.utf8)).prefix(16)
        guard found.isEqualInConstantTime(to: Base64URL.encode(half)) else {
            throw .wrongClaim(name: "at_hash", reason: "is not of this access token")
        }
    }
}
