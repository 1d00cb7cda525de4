import Civic
import CryptoExtras
import Foundation
import JWTKit

/// Key pairs for signing in tests, with their public halves as a provider publishes them.
enum SigningKeys {
    static let first = makeRSA()
    static let second = makeRSA()
    static let curve = ES256PrivateKey()

    private static func makeRSA() -> Result<JWTKit.Insecure.RSA.PrivateKey, any Error> {
        Result { try JWTKit.Insecure.RSA.PrivateKey(backing: _RSA.Signing.PrivateKey(keySize: .bits2048)) }
    }

    /// An RSA key in JWK form.
    static func published(
        _ key: JWTKit.Insecure.RSA.PrivateKey,
        kid: String?,
        algorithm: String? = "RS256",
        use: String? = "sig"
    ) throws -> String {
        let parts = try key.publicKey.getKeyPrimitives()
        var fields = ["kty": "RSA", "n": Base64URL.encode(parts.modulus), "e": Base64URL.encode(parts.publicExponent)]
        fields["kid"] = kid
        fields["alg"] = algorithm
        fields["use"] = use
        return try text(fields)
    }

    /// The elliptic-curve key in JWK form.
    static func publishedCurve(kid: String?) throws -> String {
        guard let parameters = curve.parameters, let x = Data(base64Encoded: parameters.x),
            let y = Data(base64Encoded: parameters.y)
        else { throw CocoaError(.coderInvalidValue) }
        var fields = ["kty": "EC", "crv": "P-256", "x": Base64URL.encode(x), "y": Base64URL.encode(y), "use": "sig"]
        fields["kid"] = kid
        return try text(fields)
    }

    static func set(_ keys: String...) -> String { #"{"keys":[\#(keys.joined(separator: ","))]}"# }

    private static func text(_ fields: [String: String]) throws -> String {
        String(decoding: try JSONEncoder().encode(fields), as: UTF8.self)
    }
}
