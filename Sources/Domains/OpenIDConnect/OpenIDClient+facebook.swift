import Civic
import Crypto
import Foundation

extension OpenIDClient {
    /// Exchanges a code from Facebook for an identity, with its Graph API.
    ///
    /// Facebook does not guarantee that an address is the person's, so it counts as not verified.
    func facebookIdentity(
        _ code: String,
        provider: IdentityProvider,
        endpoints: FacebookEndpoints
    ) async throws(OpenIDError) -> VerifiedIdentity {
        let secret = provider.clientSecret.text
        let answer = try await connection.post(
            [
                ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", provider.redirectURI),
                ("client_id", provider.clientID), ("client_secret", secret),
            ],
            to: endpoints.token,
            what: "token answer"
        )
        let token = try TokenAnswer(answer, from: endpoints.token.host).accessToken
        let proof = HMAC<SHA256>.authenticationCode(for: Data(token.utf8), using: SymmetricKey(data: Data(secret.utf8)))
        let place = endpoints.me.adding([("fields", "id,name,email"), ("appsecret_proof", proof.hexadecimal)])
        let address = try ProviderAddress(place, purpose: "Graph endpoint", isLoopbackTaken: true)
        let graph = try await connection.get(address, what: "Graph answer", bearer: token)
        guard graph.status == 200 else {
            if (400...499).contains(graph.status) { throw .refused(code: "graph-\(graph.status)") }
            throw .unexpectedStatus(host: address.host, status: graph.status)
        }
        guard let person = try? JSONDecoder().decode(GraphPerson.self, from: graph.body), !person.id.isEmpty,
            person.id.utf8.count <= IDTokenRule.longestSubject
        else { throw .malformed(what: "Graph answer") }
        return VerifiedIdentity(
            issuer: FacebookEndpoints.issuer,
            subject: person.id,
            email: person.claims.email,
            isEmailVerified: false,
            name: person.claims.name,
            locale: nil
        )
    }
}

/// The answer of the Graph API about a person.
private struct GraphPerson: Decodable {
    let id: String
    let claims: PersonClaims

    private enum CodingKeys: CodingKey {
        case id
    }

    init(from decoder: any Decoder) throws {
        id = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .id)
        claims = try PersonClaims(from: decoder)
    }
}
