import Foundation

/// A CMS message as it is sent: DER or BER, PEM, or base64 without armour.
enum SignatureMessage {
    /// Takes off the armour.
    ///
    /// - Throws: `SignatureRefusal.tooLarge` and `.malformed`.
    static func bytes(_ sent: [UInt8], most: Int) throws(SignatureRefusal) -> [UInt8] {
        // Base64 takes a third more, and line ends.
        guard sent.count <= most + most / 2 else { throw .tooLarge(bytes: sent.count, most: most) }
        let bytes = isSequence(sent) ? sent : try unarmoured(sent)
        guard bytes.count <= most else { throw .tooLarge(bytes: bytes.count, most: most) }
        guard isSequence(bytes) else { throw .malformed }
        return bytes
    }

    // Every CMS message begins with a SEQUENCE.
    private static func isSequence(_ bytes: [UInt8]) -> Bool {
        bytes.count > 2 && bytes[0] == 0x30 && bytes[1] >= 0x80
    }

    private static func unarmoured(_ sent: [UInt8]) throws(SignatureRefusal) -> [UInt8] {
        guard let text = String(validating: sent, as: UTF8.self) else { throw .malformed }
        var lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }
        if let first = lines.first, first.hasPrefix("-----BEGIN ") {
            guard let label = labels.first(where: { first == "-----BEGIN \($0)-----" }), lines.count > 2,
                lines.last == "-----END \(label)-----"
            else { throw .malformed }
            lines = Array(lines.dropFirst().dropLast())
        }
        guard let data = Data(base64Encoded: lines.joined()) else { throw .malformed }
        return Array(data)
    }

    // OpenSSL and NCALayer write CMS, other programs PKCS7 (RFC 7468, 8 and 9).
    private static let labels = ["CMS", "PKCS7"]
}
