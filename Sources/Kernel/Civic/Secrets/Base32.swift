import Foundation

/// Base32 of RFC 4648 section 6, without padding, as authenticator apps read it.
package enum Base32 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")

    /// The text for bytes: upper-case letters and the digits 2 to 7.
    package static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var (buffer, bits, text) = (0, 0, "")
        for byte in bytes {
            buffer = (buffer << 8 | Int(byte)) & 0xFFFF
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(alphabet[buffer >> bits & 31])
            }
        }
        if bits > 0 { text.append(alphabet[buffer << (5 - bits) & 31]) }
        return text
    }
}
