import Civic
import Foundation

extension ValueSealer {
    /// Seals a text that is also looked up by its keyed hash.
    func sealedValue(_ text: String, _ purpose: SealingPurpose) throws -> SealedValue {
        SealedValue(sealed: try seal(Data(text.utf8), for: purpose), hash: try hash(text, for: purpose))
    }

    /// Opens a sealed text.
    func text(of sealed: Data, _ purpose: SealingPurpose) throws -> String {
        String(decoding: try open(sealed, for: purpose), as: UTF8.self)
    }

    /// Seals the payload of a token.
    func sealPayload(_ value: some Encodable) throws -> Data {
        try seal(try JSONEncoder().encode(value), for: .token)
    }

    /// Opens the payload of a token.
    func openPayload<Value: Decodable>(_ type: Value.Type, _ sealed: Data) throws -> Value {
        try JSONDecoder().decode(type, from: try open(sealed, for: .token))
    }
}
