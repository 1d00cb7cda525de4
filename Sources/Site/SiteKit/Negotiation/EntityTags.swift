package import HTTPTypes

/// Entity tags as clients return them.
///
/// Source: RFC 9110 §8.8.3 and §13.1.2: `If-None-Match` compares weakly, so `W/"a"` matches `"a"`. A malformed header names
/// no tag.
package enum EntityTags {
    /// The suffix of a compressed body's tag, with the closing quote.
    package static let packedSuffix = "-gzip\""

    /// Whether `If-None-Match` names a tag, explicitly or by `*`.
    package static func known(_ headers: HTTPFields, _ tag: String) -> Bool {
        guard let header = headers[.ifNoneMatch] else { return false }
        // Usually there is one tag; lists come from proxies that merge requests.
        if header == tag { return true }
        if isAny(header) { return true }
        let opaque = tag.hasPrefix("W/") ? tag.dropFirst(2) : tag[...]
        return members(header).contains { $0 == opaque }
    }

    /// The tag of the compressed body.
    package static func packed(_ tag: String) -> String { String(tag.dropLast()) + packedSuffix }

    /// Replaces the tags of compressed bodies in a header by those of the plain bodies.
    package static func unpacked(_ header: String) -> String {
        if isAny(header) { return header }
        return members(header).map(unpackedMember).joined(separator: ", ")
    }

    /// Whether a header names a compressed body, explicitly or by `*`.
    package static func namesPacked(_ header: String) -> Bool {
        isAny(header) || members(header).contains { $0.hasSuffix(packedSuffix) }
    }

    private static func isAny(_ header: String) -> Bool { header.trimmingWhitespace == "*" }

    private static func unpackedMember(_ member: Substring) -> String {
        member.hasSuffix(packedSuffix) ? member.dropLast(packedSuffix.count) + "\"" : String(member)
    }

    /// The opaque tags of a list with their quotes, which may enclose commas; empty when the header is malformed.
    private static func members(_ header: String) -> [Substring] {
        var members: [Substring] = []
        // RFC 9110 §5.6.1: members are separated by commas, and empty ones are ignored.
        var needsComma = false
        var rest = header[...]
        while true {
            rest = rest.drop { $0 == " " || $0 == "\t" }
            guard let first = rest.first else { return members }
            if first == "," {
                needsComma = false
                rest = rest.dropFirst()
                continue
            }
            if needsComma { return [] }
            if rest.hasPrefix("W/") { rest = rest.dropFirst(2) }
            guard rest.first == "\"", let end = rest.dropFirst().firstIndex(of: "\""),
                rest[..<end].utf8.dropFirst().allSatisfy({ $0 > 0x20 && $0 != 0x7F })
            else { return [] }
            members.append(rest[...end])
            rest = rest[rest.index(after: end)...]
            needsComma = true
        }
    }
}
