import JWTKit

/// How an id_token may be signed: by a key pair.
///
/// `none` and what is signed with our own secret are not taken.
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
