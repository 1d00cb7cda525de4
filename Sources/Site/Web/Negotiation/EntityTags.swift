import HTTPTypes

/// Entity tags as clients send them back.
///
/// Source: RFC 9110 §8.8.3 and §13.1.2: `If-None-Match` compares weakly, so `W/"a"` is `"a"`. A header that is no such list
/// names no tag.
enum EntityTags {
    /// Ends the tag of a body's packed form, before the quote.
    static let packedSuffix = "-gzip\""

    /// Whether `If-None-Match` names a tag, or any by `*`.
    static func known(_ headers: HTTPFields, _ tag: String) -> Bool {
        guard let header = headers[.ifNoneMatch] else { return false }
        // Nearly always one tag stands there; the list is for proxies that merge.
        if header == tag { return true }
        if isAny(header) { return true }
        let opaque = tag.hasPrefix("W/") ? tag.dropFirst(2) : tag[...]
        return members(header).contains { $0 == opaque }
    }

    /// The tag of a body's packed form.
    static func packed(_ tag: String) -> String { String(tag.dropLast()) + packedSuffix }

    /// A header of tags with those of packed bodies replaced by those of the bodies inside.
    static func unpacked(_ header: String) -> String {
        if isAny(header) { return header }
        return members(header).map(unpackedMember).joined(separator: ", ")
    }

    /// Whether a header of tags names a packed body, or any by `*`.
    static func namesPacked(_ header: String) -> Bool {
        isAny(header) || members(header).contains { $0.hasSuffix(packedSuffix) }
    }

    private static func isAny(_ header: String) -> Bool { header.trimmingWhitespace == "*" }

    private static func unpackedMember(_ member: Substring) -> String {
        member.hasSuffix(packedSuffix) ? member.dropLast(packedSuffix.count) + "\"" : String(member)
    }

    /// The opaque tags of a list, each with its quotes, inside which a comma may stand; none when the header is no list.
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
