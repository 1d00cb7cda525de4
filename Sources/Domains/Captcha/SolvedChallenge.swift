import Foundation

/// The solution sent by the browser, base64 of JSON, parsed but not yet verified.
struct SolvedChallenge {
    /// The only hash that we use; a response that names another one is rejected.
    static let algorithm = "SHA-256"
    /// The longest response that is read, in bytes; a real one has about 400.
    static let longestResponse = 2048

    let challenge: String
    let number: Int
    let salt: String
    let signature: String

    /// Reads a response; nil when it is too long, no base64, no such JSON, or names another algorithm.
    init?(_ response: String) {
        guard response.utf8.count <= Self.longestResponse, let data = Data(base64Encoded: response),
            let fields = try? JSONDecoder().decode(Fields.self, from: data), fields.algorithm == Self.algorithm
        else { return nil }
        challenge = fields.challenge
        number = fields.number
        salt = fields.salt
        signature = fields.signature
    }

    private struct Fields: Decodable {
        let algorithm: String
        let challenge: String
        let number: Int
        let salt: String
        let signature: String
    }
}
