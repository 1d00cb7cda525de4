/// Media types in headers (RFC 9110 §8.3.1).
package enum MediaType {
    /// Type and subtype in lower case, without parameters: `text/html` for `Text/HTML; charset=utf-8`.
    package static func essence(_ header: String) -> String {
        let type = header.prefix { $0 != ";" }
        return type.trimmingWhitespace.lowercased()
    }
}

extension StringProtocol {
    /// Trims the optional white space of RFC 9110 §5.6.3, space and tab.
    package var trimmingWhitespace: String {
        let start = drop { $0 == " " || $0 == "\t" }
        guard let end = start.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
        return String(start[...end])
    }
}
