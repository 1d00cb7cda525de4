import CSodium
import Foundation

/// The functions of libsodium that we use.
package enum Sodium {
    /// 0 or 1 when the library is ready (sodium_init); Swift initialises it once.
    private static let readiness = sodium_init()

    /// Initialises the library if it is not yet.
    ///
    /// - Throws: `CivicError.cryptography`.
    package static func prepare() throws(CivicError) {
        guard readiness >= 0 else { throw .cryptography("sodium_init failed") }
    }

    /// BLAKE2b with a key, 32 bytes.
    package static func keyedHash(_ message: [UInt8], key: [UInt8]) throws(CivicError) -> [UInt8] {
        try prepare()
        var output = [UInt8](repeating: 0, count: 32)
        let code = crypto_generichash(&output, output.count, message, UInt64(message.count), key, key.count)
        guard code == 0 else { throw .cryptography("crypto_generichash failed") }
        return output
    }

    /// Encrypts and authenticates (XSalsa20-Poly1305): nonce and cipher text.
    package static func seal(_ message: [UInt8], key: [UInt8]) throws(CivicError) -> [UInt8] {
        try prepare()
        var nonce = [UInt8](repeating: 0, count: nonceBytes)
        randombytes_buf(&nonce, nonce.count)
        var cipher = [UInt8](repeating: 0, count: message.count + tagBytes)
        guard crypto_secretbox_easy(&cipher, message, UInt64(message.count), nonce, key) == 0 else {
            throw .cryptography("crypto_secretbox_easy failed")
        }
        return nonce + cipher
    }

    /// Decrypts what `seal` made; nil when the bytes were changed or the key is wrong.
    package static func open(_ sealed: [UInt8], key: [UInt8]) throws(CivicError) -> [UInt8]? {
        try prepare()
        guard sealed.count >= nonceBytes + tagBytes else { return nil }
        let (nonce, cipher) = (Array(sealed[..<nonceBytes]), Array(sealed[nonceBytes...]))
        var message = [UInt8](repeating: 0, count: cipher.count - tagBytes)
        guard crypto_secretbox_open_easy(&message, cipher, UInt64(cipher.count), nonce, key) == 0 else { return nil }
        return message
    }

    /// Whether two byte sequences are equal; takes a time that does not reveal where they differ.
    package static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && sodium_memcmp(left, right, left.count) == 0
    }

    /// The length of a key of secretbox and of the keyed hash, bytes.
    package static let keyBytes = 32
    private static let nonceBytes = 24
    private static let tagBytes = 16
}
