package import Civic
package import Foundation

/// CSRF tokens, which prove that a form was requested by the browser that sends it.
///
/// The token is a keyed hash of something that other sites cannot read: the seed of the session, or a cookie. The server
/// stores nothing. A random pad masks the hash in every page, because it could otherwise be guessed byte by byte from the
/// size of compressed responses (BREACH, breachattack.com).
package struct CSRFTokens: Sendable {
    /// The name of the hidden field.
    package static let field = "csrf"
    /// The longest token that is checked, bytes.
    private static let longest = 512
    private let sealer: ValueSealer

    /// - Parameter sealer: holds the portal's secret.
    package init(_ sealer: ValueSealer) { self.sealer = sealer }

    /// A token for a visitor's browser; nil until the browser has a cookie.
    package func token(for visitor: Visitor) -> String? {
        visitor.formSeed.flatMap { try? sealer.formToken(seed: $0) }.map(masked)
    }

    /// Whether a token belongs to a visitor, compared in constant time.
    package func accepts(_ token: String?, from visitor: Visitor) -> Bool { accepts(token, seed: visitor.formSeed) }

    /// Whether a token was made from a seed, compared in constant time.
    package func accepts(_ token: String?, seed: Data?) -> Bool {
        guard let token, let seed, token.utf8.count <= Self.longest,
            let bytes = Base64URL.decode(token).map(Array.init), !bytes.isEmpty, bytes.count.isMultiple(of: 2)
        else { return false }
        let half = bytes.count / 2
        let plain = zip(bytes[..<half], bytes[half...]).map { $0 ^ $1 }
        guard let text = String(validating: plain, as: UTF8.self) else { return false }
        // Reject a token that cannot be checked.
        return (try? sealer.isFormToken(text, seed: seed)) ?? false
    }

    private func masked(_ token: String) -> String {
        let plain = Array(token.utf8)
        let pad = [UInt8].random(count: plain.count)
        return Base64URL.encode(pad + zip(pad, plain).map { $0 ^ $1 })
    }
}
