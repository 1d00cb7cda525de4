/// An IP address as bytes.
package struct IPAddress: Sendable, Hashable {
    /// Four or sixteen bytes; an IPv4-mapped IPv6 address (`::ffff:…`, RFC 4291 §2.5.5.2) has four.
    package let bytes: [UInt8]

    /// Parses an address from a header or a setting; nil when it is invalid.
    package init?(_ text: some StringProtocol) {
        guard text.utf8.count <= 45 else { return nil }
        guard let bytes = text.contains(":") ? Self.six(text) : Self.four(text) else { return nil }
        let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
        self.bytes = bytes.starts(with: mapped) ? Array(bytes.dropFirst(12)) : bytes
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// Whether the address is in a network of the given prefix length and the same version.
    package func isInside(_ other: IPAddress, bits: Int) -> Bool {
        guard bytes.count == other.bytes.count else { return false }
        return bytes.indices.allSatisfy { index in
            let kept = min(8, max(0, bits - index * 8))
            let mask = kept == 0 ? 0 : UInt8.max << (8 - UInt8(kept))
            return bytes[index] & mask == other.bytes[index] & mask
        }
    }

    /// The address that identifies a subscriber: an IPv4 address, or the first 64 bits of an IPv6 address, since a household
    /// is given that many (RFC 6177) and could otherwise pose as many clients.
    package var subscriber: String {
        bytes.count == 4 ? text : groups.prefix(4).joined(separator: ":") + "::"
    }

    /// The full address in its usual notation.
    package var text: String {
        bytes.count == 4 ? bytes.map { String($0) }.joined(separator: ".") : groups.joined(separator: ":")
    }

    private var groups: [String] {
        stride(from: 0, to: bytes.count, by: 2).map { index in
            String(UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1]), radix: 16)
        }
    }

    /// Whether it is a loopback address.
    package var isLoopback: Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
    }

    /// Whether a host name or address denotes this machine.
    package static func isLoopback(_ host: some StringProtocol) -> Bool {
        host == "localhost" || IPAddress(host)?.isLoopback == true
    }

    private static func four(_ text: some StringProtocol) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        let bytes = parts.compactMap { part in
            part.utf8.count <= 3 && part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? UInt8(part) : nil
        }
        return bytes.count == 4 ? bytes : nil
    }

    // Groups of sixteen bits, of which one run of zeros may be omitted (RFC 4291 §2.2).
    private static func six(_ text: some StringProtocol) -> [UInt8]? {
        let halves = String(text).split(separator: "::", omittingEmptySubsequences: false)
        guard halves.count <= 2, let head = groups(halves[0]) else { return nil }
        guard halves.count == 2 else { return head.count == 16 ? head : nil }
        guard let tail = groups(halves[1]), head.count + tail.count <= 14 else { return nil }
        return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
    }

    private static func groups(_ text: Substring) -> [UInt8]? {
        if text.isEmpty { return [] }
        var bytes: [UInt8] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, part.contains(".") {
                guard let last = four(part) else { return nil }
                bytes += last
            } else {
                guard (1...4).contains(part.utf8.count), let group = UInt16(part, radix: 16) else { return nil }
                bytes += [UInt8(group >> 8), UInt8(group & 0xFF)]
            }
        }
        return bytes
    }
}
