import Crypto
import Foundation

/// The browser's side of the proof of work, written from the description of the wire format.
struct Solver {
    struct Challenge: Decodable {
        let algorithm: String
        let challenge: String
        let maxnumber: Int
        let salt: String
        let signature: String
    }

    /// The number whose hash is the challenge.
    static func number(of challenge: Challenge) -> Int? {
        (0...challenge.maxnumber).first { number in
            SHA256.hash(data: Data((challenge.salt + String(number)).utf8)).hex == challenge.challenge
        }
    }

    /// The form field that solves the challenge.
    static func response(to data: Data) throws -> String {
        let challenge = try JSONDecoder().decode(Challenge.self, from: data)
        return field(challenge, number: number(of: challenge) ?? -1)
    }

    /// The form field with the given parts.
    static func field(
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

extension Sequence where Element == UInt8 {
    var hex: String { map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
}
