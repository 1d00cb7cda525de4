import Crypto
import Foundation

/// The hash of a salt and a number, and our signature on it, both in lower-case hexadecimal digits.
struct SignedChallenge {
    let challenge: String
    let signature: String

    init(salt: String, number: Int, key: SymmetricKey) {
        challenge = SHA256.hash(data: Data("\(salt)\(number)".utf8)).hexadecimal
        signature = HMAC<SHA256>.authenticationCode(for: Data(challenge.utf8), using: key).hexadecimal
    }
}

extension Sequence where Element == UInt8 {
    /// The bytes as lower case hexadecimal digits.
    var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

extension String {
    /// Whether both are equal, compared in a time that depends only on the length.
    func isEqualInConstantTime(to other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        return zip(utf8, other.utf8).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
