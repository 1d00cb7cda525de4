import Crypto
public import Foundation

/// A bearer token of 256 random bits, in a cookie or a link; only its hash is stored.
public struct SecretToken: Sendable, Equatable, CustomStringConvertible {
    /// Bytes of a token.
    private static let length = 32

    /// The token for a cookie or a link: 43 characters of base64url (RFC 4648 section 5) without padding.
    public let text: String
    /// The hash that the database stores: SHA-256, 32 bytes.
    ///
    /// A random token of this length does not need a slow hash.
    public let hash: Data

    /// Makes a new token from the system's random numbers.
    public init() {
        self.init(bytes: .random(count: Self.length))
    }

    /// Parses a token; nil when the text is not one.
    public init?(_ text: String) {
        guard text.utf8.count == 43, let bytes = Base64URL.decode(text), bytes.count == Self.length else { return nil }
        self.init(bytes: Array(bytes))
        // The last character carries two bits that must be zero; otherwise one token would have four spellings.
        guard self.text == text else { return nil }
    }

    private init(bytes: [UInt8]) {
        text = Base64URL.encode(bytes)
        hash = Data(SHA256.hash(data: bytes))
    }

    /// Bytes bound to a session with this token, for the tokens of its forms.
    public var formSeed: Data { Data(SHA256.hash(data: Data("form/\(text)".utf8))) }

    /// A placeholder, because the token must not appear in logs.
    public var description: String { "SecretToken" }
}

/// SHA-256, for values that are random enough to need no key.
package enum Digest {
    /// The 32 bytes of the hash of a text in UTF-8.
    package static func of(_ text: String) -> Data { Data(SHA256.hash(data: Data(text.utf8))) }
}
