/// The proxies whose forwarding headers are trusted.
package struct TrustedProxies: Sendable {
    private struct Network {
        let address: IPAddress
        let bits: Int
    }

    private let networks: [Network]

    /// No proxy is trusted: the client is the peer of the connection.
    package init() { networks = [] }

    /// Parses a list such as `127.0.0.1, 10.0.0.0/8, ::1`; nil when an element is invalid.
    package init?(_ text: String) {
        var networks: [Network] = []
        for part in text.split(separator: ",") {
            let pieces = part.split(separator: "/", omittingEmptySubsequences: false).map { piece in
                String(piece).trimmingPrefix { $0 == " " }
            }
            let written = pieces[0].split(separator: " ").first.map(String.init) ?? ""
            guard pieces.count <= 2, let address = IPAddress(written) else { return nil }
            let all = address.bytes.count * 8
            let bits = pieces.count == 2 ? Int(pieces[1].split(separator: " ").first ?? "") : all
            guard let bits, (0...all).contains(bits) else { return nil }
            networks.append(Network(address: address, bits: bits))
        }
        self.networks = networks
    }

    /// Whether there are none.
    package var isEmpty: Bool { networks.isEmpty }

    /// Whether a peer is one of them.
    package func contains(_ address: IPAddress) -> Bool {
        networks.contains { address.isInside($0.address, bits: $0.bits) }
    }

    /// The client's address: the last address of `X-Forwarded-For` that is not a trusted proxy, if the peer is one.
    ///
    /// The header is read from the right, because a client can forge its left part.
    package func client(peer: IPAddress?, forwardedFor: String?) -> IPAddress? {
        guard let peer, contains(peer), let forwardedFor else { return peer }
        var client = peer
        for part in forwardedFor.suffix(2_000).split(separator: ",").reversed() {
            guard contains(client), let address = IPAddress(part.filter { $0 != " " }) else { break }
            client = address
        }
        return client
    }
}
