import Crypto
public import Foundation

/// The browser's side of the proof of work, written from the description of the wire format.
public enum CaptchaSolver {
    /// What the server asks for.
    public struct Challenge: Decodable, Sendable {
        /// The name of the hash function.
        public let algorithm: String
        /// The hash to find, hexadecimal.
        public let challenge: String
        /// The largest number that may be the solution.
        public let maxnumber: Int
        /// What is hashed before the number.
        public let salt: String
        /// The server's signature of the challenge, hexadecimal.
        public let signature: String
    }

    /// The number whose hash is the challenge.
    public static func number(of challenge: Challenge) -> Int? {
        (0...challenge.maxnumber).first { number in
            let hash = SHA256.hash(data: Data((challenge.salt + String(number)).utf8))
            return hash.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == challenge.challenge
        }
    }

    /// The form field that solves the challenge.
    public static func response(to data: Data) throws -> String {
        let challenge = try JSONDecoder().decode(Challenge.self, from: data)
        return field(challenge, number: number(of: challenge) ?? -1)
    }

    /// The form field with the given parts.
    public static func field(
        _ challenge: Challenge,
        number: Any,
        algorithm: String = "SHA-256",
        salt: String? = nil,
        challenge text: String? = nil,
        signature: String? = nil
    ) -> String {
        let fields: [String: Any] = [
            "algorithm": algorithm, "challenge": text ?? challenge.challenge, "number": number,
            "salt": salt ?? challenge.salt, "signature": signature ?? challenge.signature, "took": 12,
        ]
        return (try? JSONSerialization.data(withJSONObject: fields).base64EncodedString()) ?? ""
    }
}
