import Foundation
import JWTKit

/// The public keys of a provider that can verify signatures (RFC 7517).
struct PublishedKeys: Sendable {
    /// How many keys are read; Google publishes two.
    static let maxKeys = 50

    private let keys: [JWK]

    /// Parses a key set and leaves out keys that cannot verify a signature: those for encryption, and unknown kinds.
    ///
    /// - Throws: `OpenIDError.malformed`.
    init(_ data: Data) throws(OpenIDError) {
        guard let set = try? JSONDecoder().decode(KeySet.self, from: data) else { throw .malformed(what: "key set") }
        keys = set.keys.prefix(Self.maxKeys).compactMap(\.key)
    }

    var count: Int { keys.count }

    /// The keys that may have made a signature: of the right kind, and with the right identifier where both sides give one.
    func candidates(for algorithm: SigningAlgorithm, identifier: String?) -> [JWK] {
        keys.filter { key in
            guard key.keyType == algorithm.keyType else { return false }
            if let only = key.algorithm, only != algorithm.name { return false }
            guard let identifier, let own = key.keyIdentifier?.string else { return true }
            return own == identifier
        }
    }

    private struct KeySet: Decodable {
        let keys: [Entry]
    }

    /// A key of the set; an unreadable key must not make the others unusable.
    private struct Entry: Decodable {
        let key: JWK?

        private enum CodingKeys: String, CodingKey {
            case use
        }

        init(from decoder: any Decoder) throws {
            let use = try? decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(String.self, forKey: .use)
            var key = use == nil || use == "sig" ? try? JWK(from: decoder) : nil
            // A private key does not belong here and is not needed.
            key?.privateExponent = nil
            key?.prime1 = nil
            key?.prime2 = nil
            self.key = key
        }
    }
}
