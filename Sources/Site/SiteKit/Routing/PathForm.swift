import Civic

/// How a path is spelled.
///
/// Routers, middleware, proxies and browsers interpret `//`, `.`, `..`, `%2F` and `\` differently, so one may let through
/// what another guards. Each path therefore has exactly one valid spelling (RFC 3986 §6.2.2.3), and others do not reach a
/// route.
package enum PathForm: Equatable {
    /// The valid spelling.
    case plain
    /// The path has empty segments; the value is the path without them.
    case spaced(String)
    /// Dot segments, an escaped separator or control character, or a broken escape.
    case refused

    /// Classifies a path, which must not hold a query.
    package init(_ path: String) {
        guard path.utf8.first == UInt8(ascii: "/") else {
            self = .refused
            return
        }
        let segments = path.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard segments.allSatisfy({ Self.isPlain($0) }) else {
            self = .refused
            return
        }
        let full = segments.filter { !$0.isEmpty }.map { String(Substring($0)) }
        let written = "/" + full.joined(separator: "/")
        // The home page of a language ends with a slash.
        let isHome = full.count == 1 && Language(rawValue: full[0]) != nil
        self = path == written || (isHome && path == written + "/") ? .plain : .spaced(written + (isHome ? "/" : ""))
    }

    private static func isPlain(_ segment: Substring.UTF8View) -> Bool {
        guard let decoded = PercentDecoding.bytes(segment) else { return false }
        let separators = [UInt8(ascii: "/"), UInt8(ascii: "\\")]
        guard decoded.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && !separators.contains($0) }) else { return false }
        let dot = UInt8(ascii: ".")
        return decoded != [dot] && decoded != [dot, dot]
    }
}
