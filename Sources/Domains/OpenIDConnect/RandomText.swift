import Civic
import Crypto
import Foundation

/// Random secrets as text, and values derived from them.
enum RandomText {
    /// 256 random bits as 43 characters of base64url.
    static func make() -> String {
        var generator = SystemRandomNumberGenerator()
        return Base64URL.encode((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }

    /// The S256 code challenge of a code verifier (RFC 7636, 4.2).
    static func challenge(of verifier: String) -> String {
        Base64URL.encode(SHA256.hash(data: Data(verifier.utf8)))
    }
}
