import Civic
import Foundation

extension OpenIDClient {
    /// Exchanges a code for an identity, with the token endpoint and the id_token.
    func identity(
        _ code: String,
        attempt: SignInAttempt,
        provider: IdentityProvider,
        issuer: OpenIDIssuer,
        metadata: ProviderMetadata
    ) async throws(OpenIDError) -> VerifiedIdentity {
        let answer = try await exchange(code, attempt: attempt, provider: provider, metadata: metadata)
        guard let text = answer.idToken else { throw .malformed(what: "token answer without id_token") }
        let claims = try await claims(of: try IDToken(text), metadata: metadata)
        let rule = IDTokenRule(
            issuer: issuer,
            clientID: provider.clientID,
            nonce: attempt.nonce,
            accessToken: answer.accessToken,
            now: now()
        )
        try rule.check(claims)
        let person = try await person(claims, accessToken: answer.accessToken, metadata: metadata)
        return VerifiedIdentity(
            issuer: issuer.issuer,
            subject: claims.subject,
            email: person.email,
            isEmailVerified: person.isEmailVerified,
            name: person.name,
            locale: person.locale
        )
    }

    private func exchange(
        _ code: String,
        attempt: SignInAttempt,
        provider: IdentityProvider,
        metadata: ProviderMetadata
    ) async throws(OpenIDError) -> TokenAnswer {
        var fields: [(name: String, value: String)] = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", provider.redirectURI),
            ("code_verifier", attempt.codeVerifier),
        ]
        let secret = provider.clientSecret.text
        var authorization: String?
        switch metadata.tokenAuthentication {
        case .basic:
            // RFC 6749, 2.3.1: both are form-encoded before they are joined.
            let pair = "\(FormText.encode(provider.clientID)):\(FormText.encode(secret))"
            authorization = "Basic " + Data(pair.utf8).base64EncodedString()
        case .post:
            fields += [("client_id", provider.clientID), ("client_secret", secret)]
        }
        let answer = try await connection.post(
            fields,
            to: metadata.token,
            what: "token answer",
            authorization: authorization
        )
        return try TokenAnswer(answer, from: metadata.token.host)
    }

    /// The claims of the token; when no cached key fits, the provider may have changed its keys, so they are fetched again.
    private func claims(of token: IDToken, metadata: ProviderMetadata) async throws(OpenIDError) -> IDTokenClaims {
        let kept = try await memory.keys(of: metadata)
        do throws(OpenIDError) {
            return try await token.claims(signedBy: kept.keys)
        } catch {
            guard error == .unknownKey || error == .wrongSignature,
                let renewed = try await memory.keys(of: metadata, newerThan: kept)
            else { throw error }
            return try await token.claims(signedBy: renewed.keys)
        }
    }

    /// The claims about the person.
    ///
    /// When the id_token has no address, the userinfo endpoint may have one (OpenID Connect Core, 5.4); when it does not
    /// answer, the person is asked.
    ///
    /// - Throws: `OpenIDError.wrongClaim` when it is about somebody else (OpenID Connect Core, 5.3.2).
    private func person(
        _ claims: IDTokenClaims,
        accessToken: String,
        metadata: ProviderMetadata
    ) async throws(OpenIDError) -> PersonClaims {
        guard claims.person.email == nil, let place = metadata.userInfo,
            let answer = try? await connection.get(place, what: "userinfo", bearer: accessToken), answer.status == 200,
            let info = try? JSONDecoder().decode(UserInfo.self, from: answer.body)
        else { return claims.person }
        guard info.subject == claims.subject else {
            throw .wrongClaim(name: "sub", reason: "is not that of the userinfo")
        }
        return info.person
    }
}

/// The answer of the userinfo endpoint.
private struct UserInfo: Decodable {
    let subject: String
    let person: PersonClaims

    private enum CodingKeys: String, CodingKey {
        case subject = "sub"
    }

    init(from decoder: any Decoder) throws {
        subject = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .subject)
        person = try PersonClaims(from: decoder)
    }
}
