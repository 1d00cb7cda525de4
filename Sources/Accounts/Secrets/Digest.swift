import Crypto
import Foundation

/// SHA-256, for what is random enough to need no key.
enum Digest {
    static func of(_ text: String) -> Data { Data(SHA256.hash(data: Data(text.utf8))) }
}
