package import Civic
import Foundation

/// Makes the URLs of pages in one language; each feature adds its own as an extension, so that no link can dangle.
package struct Link: Sendable {
    /// The language of the pages.
    package let language: Language

    /// Makes links in a language.
    package init(language: Language) { self.language = language }

    /// The path that all pages of the language are below, without a trailing slash.
    package var root: String { "/\(language.rawValue)" }

    /// The home page.
    package var home: String { root + "/" }

    /// A query of parameters; empty without any.
    package static func query(_ pairs: [(String, String)]) -> String {
        pairs.isEmpty ? "" : "?" + pairs.map { "\($0)=\(encode($1))" }.joined(separator: "&")
    }

    /// Percent-encodes a path segment or a query value (RFC 3986 §2).
    package static func encode(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
    }

    // The unreserved characters of RFC 3986 and the comma, which is allowed in a query.
    private static let allowed = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~,"
    )
}
