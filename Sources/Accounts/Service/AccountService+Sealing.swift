import Foundation

extension AccountService {
    /// Seals what goes with a token.
    func sealed(_ value: some Encodable) throws -> Data {
        try box.seal(try JSONEncoder().encode(value), for: .token)
    }

    /// Opens what goes with a token.
    func opened<Value: Decodable>(_ type: Value.Type, _ sealed: Data) throws -> Value {
        try JSONDecoder().decode(type, from: try box.open(sealed, for: .token))
    }
}
