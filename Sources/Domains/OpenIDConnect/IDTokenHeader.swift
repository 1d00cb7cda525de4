import Civic
import Foundation

/// The header of an id_token, parsed before any of its contents is trusted.
struct IDTokenHeader: Sendable {
    /// The longest id_token that is read, in bytes.
    static let longestToken = 16 * 1024

    let algorithm: SigningAlgorithm
    let keyIdentifier: String?

    /// Parses the header of a token.
    ///
    /// - Throws: `OpenIDError.tooLarge`, `.malformed`, `.disallowedAlgorithm`.
    init(of token: String) throws(OpenIDError) {
        guard token.utf8.count <= Self.longestToken else {
            throw .tooLarge(what: "id_token", limit: Self.longestToken)
        }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let data = Base64URL.decode(parts[0]),
            let fields = try? JSONDecoder().decode(Fields.self, from: data)
        else { throw .malformed(what: "id_token") }
        guard let algorithm = SigningAlgorithm(rawValue: fields.alg) else {
            throw .disallowedAlgorithm(OpenIDError.plain(fields.alg))
        }
        // RFC 7515, 4.1.11: a token with a critical extension that is not understood must be refused. We support none.
        guard !fields.hasCritical else { throw .malformed(what: "id_token with critical extensions") }
        self.algorithm = algorithm
        keyIdentifier = fields.kid
    }

    private struct Fields: Decodable {
        let alg: String
        let kid: String?
        let hasCritical: Bool

        private enum CodingKeys: CodingKey {
            case alg
            case kid
            case crit
        }

        init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            alg = try fields.decode(String.self, forKey: .alg)
            kid = try fields.decodeIfPresent(String.self, forKey: .kid)
            hasCritical = fields.contains(.crit)
        }
    }
}
