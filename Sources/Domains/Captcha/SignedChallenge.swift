import Civic
import Crypto
import Foundation

/// A challenge with our signature on it, both in lower-case hexadecimal digits.
struct SignedChallenge {
    /// The SHA-256 of the salt followed by the number.
    let challenge: String
    /// The HMAC-SHA-256 of the challenge, by which it is recognized as ours.
    let signature: String

    init(salt: String, number: Int, key: SymmetricKey) {
        challenge = SHA256.hash(data: Data("\(salt)\(number)".utf8)).hexadecimal
        signature = HMAC<SHA256>.authenticationCode(for: Data(challenge.utf8), using: key).hexadecimal
    }
}
