import Foundation

/// The answer of a token endpoint (RFC 6749, 5).
struct TokenAnswer: Sendable {
    let accessToken: String
    let idToken: String?

    /// Reads an answer.
    ///
    /// - Throws: `OpenIDError.refused` with the provider's code; `.unexpectedStatus`, `.malformed`.
    init(_ answer: ProviderConnection.Answer, from host: String) throws(OpenIDError) {
        guard answer.status == 200 else {
            guard (400...499).contains(answer.status),
                let refusal = try? JSONDecoder().decode(Refusal.self, from: answer.body)
            else { throw .unexpectedStatus(host: host, status: answer.status) }
            throw .refused(code: OpenIDError.plain(refusal.code))
        }
        guard let fields = try? JSONDecoder().decode(Fields.self, from: answer.body),
            fields.tokenType.lowercased() == "bearer", Self.isToken(fields.accessToken)
        else { throw .malformed(what: "token answer") }
        accessToken = fields.accessToken
        idToken = fields.idToken
    }

    /// Whether the text is allowed in a header (RFC 6750, 2.1): any visible ASCII.
    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 8192 && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }

    private struct Fields: Decodable {
        let accessToken: String
        let tokenType: String
        let idToken: String?

        private enum CodingKeys: String, CodingKey {
            case accessToken = "access_token"
            case tokenType = "token_type"
            case idToken = "id_token"
        }
    }

    /// An error in the form of RFC 6749, where `error` is a string, or of the Graph API, where it is an object.
    private struct Refusal: Decodable {
        let code: String

        private enum CodingKeys: CodingKey {
            case error
        }

        private struct GraphError: Decodable {
            let type: String
        }

        init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            if let word = try? fields.decode(String.self, forKey: .error) {
                code = word
            } else {
                code = try fields.decode(GraphError.self, forKey: .error).type
            }
        }
    }
}
