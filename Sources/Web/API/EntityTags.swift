import HTTPTypes

/// Entity tags as clients send them back.
///
/// Source: RFC 9110 §8.8.3 and §13.1.2.
enum EntityTags {
    /// Ends the tag of a body's packed form, before the quote.
    static let packedSuffix = "-gzip\""

    /// Whether `If-None-Match` names a tag, or any by `*`.
    static func known(_ headers: HTTPFields, _ tag: String) -> Bool {
        guard let header = headers[.ifNoneMatch] else { return false }
        // Nearly always one tag stands there; the list is for proxies that merge.
        if header == tag { return true }
        return header == "*" || (header.utf8.contains(UInt8(ascii: ",")) && members(header).contains { $0 == tag })
            || header == "W/" + tag
    }

    /// The tag of a body's packed form.
    static func packed(_ tag: String) -> String { String(tag.dropLast()) + packedSuffix }

    /// A header of tags with those of packed bodies replaced by those of the bodies inside.
    static func unpacked(_ header: String) -> String {
        guard header.utf8.contains(UInt8(ascii: ",")) else { return unpackedMember(header[...]) }
        return members(header).map(unpackedMember).joined(separator: ", ")
    }

    /// Whether a header of tags names a packed body, or any by `*`.
    static func namesPacked(_ header: String) -> Bool {
        header == "*" || members(header).contains { $0.hasSuffix(packedSuffix) }
    }

    private static func unpackedMember(_ member: Substring) -> String {
        member.hasSuffix(packedSuffix) ? member.dropLast(packedSuffix.count) + "\"" : String(member)
    }

    private static func members(_ header: String) -> [Substring] {
        header.split(separator: ",").map { part in
            let tag = part.drop { $0 == " " }
            return tag.hasPrefix("W/") ? tag.dropFirst(2) : tag
        }
    }
}
