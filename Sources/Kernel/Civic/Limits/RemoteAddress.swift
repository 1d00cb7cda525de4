/// Where a request comes from, for counting limits: an IPv4 address, or the /64 network of an IPv6 address and the
/// /48 site around it.
///
/// A subscriber has at least a whole /64, so a limit on single IPv6 addresses would limit nobody. Many get a /48, which
/// holds 65,536 such networks (RFC 6177 section 2).
public struct RemoteAddress: Hashable, Sendable {
    /// The address or the network, for a keyed hash; never stored or logged as it is.
    public let key: String
    /// The /48 of an IPv6 address, for a keyed hash; nil for IPv4.
    public let siteKey: String?

    /// Parses an address; a malformed text counts as an address of its own.
    public init(_ text: String) {
        let bare = text.prefix(64).lowercased().split(separator: "%").first.map(String.init) ?? ""
        let unbracketed = bare.trimmingBrackets
        if unbracketed.hasPrefix("::ffff:"), unbracketed.contains(".") {
            (key, siteKey) = (String(unbracketed.dropFirst("::ffff:".count)), nil)
        } else if unbracketed.contains(":") {
            let groups = Self.groups(unbracketed)
            key = groups.prefix(4).joined(separator: ":") + "::/64"
            siteKey = groups.prefix(3).joined(separator: ":") + "::/48"
        } else {
            (key, siteKey) = (unbracketed, nil)
        }
    }

    /// The groups of an address, with the zeros that `::` stands for.
    private static func groups(_ address: String) -> [String] {
        func groups(_ text: Substring) -> [String] { text.split(separator: ":").map(String.init) }
        var parts: [String]
        if let gap = address.firstGap {
            let (head, tail) = (groups(address[..<gap]), groups(address[gap...]))
            parts = head + Array(repeating: "0", count: max(0, 8 - head.count - tail.count)) + tail
        } else {
            parts = groups(address[...])
        }
        return parts.map { group in
            let trimmed = group.drop { $0 == "0" }
            return trimmed.isEmpty ? "0" : String(trimmed)
        }
    }
}

extension String {
    fileprivate var trimmingBrackets: String {
        hasPrefix("[") && hasSuffix("]") ? String(dropFirst().dropLast()) : self
    }

    /// The position of the two colons that stand for omitted groups.
    fileprivate var firstGap: Index? {
        indices.dropLast().first { self[$0] == ":" && self[index(after: $0)] == ":" }
    }
}
