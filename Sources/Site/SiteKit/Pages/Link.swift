package import Civic

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

    /// Percent-encodes everything but the unreserved characters of RFC 3986 and the comma, which is allowed in a query.
    package static func encode(_ text: String) -> String {
        // Ids are plain, and most of a page's links contain nothing else.
        if text.utf8.allSatisfy(isPlain) { return text }
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(3 * text.utf8.count)
        for byte in text.utf8 {
            if isPlain(byte) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"), UInt8(ascii: ","):
            true
        default: false
        }
    }
}
