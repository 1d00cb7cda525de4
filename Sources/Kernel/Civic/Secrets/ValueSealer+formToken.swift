public import Foundation

extension ValueSealer {
    /// The CSRF token of a form, bound to the cookie or session that the seed is derived from.
    ///
    /// - Throws: `CivicError.cryptography`.
    public func formToken(seed: Data) throws(CivicError) -> String {
        Base64URL.encode(try hash(seed.base64EncodedString(), for: .form))
    }

    /// Whether a form sent its CSRF token, made with any key of the ring; compared in constant time.
    ///
    /// - Throws: `CivicError.cryptography`.
    public func isFormToken(_ token: String, seed: Data) throws(CivicError) -> Bool {
        try isAny(token, of: try hashes(seed.base64EncodedString(), for: .form))
    }

    /// Whether a base64url text is one of some hashes; compared in constant time.
    ///
    /// - Throws: `CivicError.cryptography`.
    package func isAny(_ text: String, of hashes: [Data]) throws(CivicError) -> Bool {
        try Sodium.prepare()
        guard let given = Base64URL.decode(text) else { return false }
        return hashes.contains { Sodium.areEqual(Array($0), Array(given)) }
    }
}
