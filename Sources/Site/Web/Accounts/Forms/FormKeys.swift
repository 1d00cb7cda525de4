import Accounts
import Foundation

/// The proof that a form was asked for by the browser that sends it.
///
/// The token is a keyed hash of something that other sites cannot read: the seed of the session, or a cookie. Nothing is
/// kept on the server. A fresh pad hides the hash in every page, for compressed answers would else let it be guessed
/// byte by byte (BREACH, breachattack.com).
struct FormKeys: Sendable {
    /// The name of the hidden field.
    static let field = "csrf"
    /// The longest token that is looked at, bytes.
    private static let longest = 512
    private let box: SealedBox

    /// - Parameter box: what holds the portal's secret.
    init(_ box: SealedBox) { self.box = box }

    /// A token for the browser of a visitor; nil as long as the browser has no cookie.
    func token(for visitor: Visitor) -> String? {
        visitor.formSeed.flatMap { try? box.formToken(seed: $0) }.map(masked)
    }

    /// Whether a token belongs to a visitor, compared in constant time.
    func accepts(_ token: String?, from visitor: Visitor) -> Bool { accepts(token, seed: visitor.formSeed) }

    /// Whether a token was made of a seed; told in constant time.
    func accepts(_ token: String?, seed: Data?) -> Bool {
        guard let token, let seed, token.utf8.count <= Self.longest,
            let bytes = Base64URL.decode(token).map(Array.init), !bytes.isEmpty, bytes.count.isMultiple(of: 2)
        else { return false }
        let half = bytes.count / 2
        let plain = zip(bytes[..<half], bytes[half...]).map { $0 ^ $1 }
        guard let text = String(validating: plain, as: UTF8.self) else { return false }
        // What cannot be checked is not accepted.
        return (try? box.isFormToken(text, seed: seed)) ?? false
    }

    private func masked(_ token: String) -> String {
        let plain = Array(token.utf8)
        let pad = [UInt8].random(count: plain.count)
        return Base64URL.encode(pad + zip(pad, plain).map { $0 ^ $1 })
    }
}
