import JWTKit

/// The accepted signature algorithms of an id_token, all with key pairs.
///
/// `none` and algorithms that use our own secret are not accepted.
enum SigningAlgorithm: String, Sendable {
    case rs256 = "RS256"
    case ps256 = "PS256"
    case es256 = "ES256"

    var keyType: JWK.KeyType {
        switch self {
        case .rs256, .ps256: .rsa
        case .es256: .ecdsa
        }
    }

    var name: JWK.Algorithm {
        switch self {
        case .rs256: .rs256
        case .ps256: .ps256
        case .es256: .es256
        }
    }
}
