import JWTKit

/// An id_token as it came: what it is signed with, and its text.
struct IDToken: Sendable {
    let header: IDTokenHeader
    private let text: String

    /// - Throws: `OpenIDError.tooLarge`, `.malformed`, `.disallowedAlgorithm`.
    init(_ text: String) throws(OpenIDError) {
        header = try IDTokenHeader(of: text)
        self.text = text
    }

    /// The claims, when one of the keys made the signature.
    ///
    /// - Throws: `OpenIDError.unknownKey`, `.wrongSignature`: both may mean that the keys have changed since they were
    ///   fetched; `.malformed`.
    func claims(signedBy keys: PublishedKeys) async throws(OpenIDError) -> IDTokenClaims {
        let candidates = keys.candidates(for: header.algorithm, identifier: header.keyIdentifier)
        guard !candidates.isEmpty else { throw .unknownKey }
        for key in candidates {
            if let claims = try await claims(signedBy: key) { return claims }
        }
        throw .wrongSignature
    }

    /// The claims, or nil when the key did not make the signature.
    private func claims(signedBy key: JWK) async throws(OpenIDError) -> IDTokenClaims? {
        var key = key
        // The key is held to the algorithm of the head, which was checked to be of its kind, and is the only one in its
        // collection, so that no other can stand in.
        key.algorithm = header.algorithm.name
        key.keyIdentifier = JWKIdentifier(string: header.keyIdentifier ?? "")
        do {
            let collection = try await JWTKeyCollection().add(jwk: key, isDefault: true)
            return try await collection.verify(text, as: IDTokenClaims.self)
        } catch let error as JWTError where error.errorType == .malformedToken {
            throw .malformed(what: "id_token")
        } catch {
            return nil
        }
    }
}
