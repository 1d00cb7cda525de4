import HTTPTypes
package import Hummingbird
package import NIOCore

/// Determines the client's address and whether the connection is secure.
package struct ClientConnection: Sendable {
    /// The proxies whose headers about the client are believed.
    package let proxies: TrustedProxies
    /// Whether the portal's public address uses https.
    package let isPublicSecure: Bool

    /// Takes the settings as given.
    package init(
        proxies: TrustedProxies,
        isPublicSecure: Bool
    ) {
        self.proxies = proxies
        self.isPublicSecure = isPublicSecure
    }

    /// The client's address; nil when the connection has none.
    package func client(_ request: Request, peer: SocketAddress?) -> IPAddress? {
        let peer = peer?.ipAddress.flatMap { IPAddress($0) }
        let forwarded = Self.forwardedFor.flatMap { request.headers[values: $0].joined(separator: ",") }
        return proxies.client(peer: peer, forwardedFor: forwarded)
    }

    /// The client's subscriber, for counting; "unknown" when the connection has no address.
    package func subscriber(_ request: Request, _ context: PortalContext) -> String {
        client(request, peer: context.peer)?.subscriber ?? "unknown"
    }

    /// Whether the client used https; a client that lies about it harms only its own cookies.
    package func isSecure(_ request: Request) -> Bool {
        isPublicSecure || Self.forwardedProto.flatMap { request.headers[$0] } == "https"
    }

    private static let forwardedFor = HTTPField.Name("X-Forwarded-For")
    private static let forwardedProto = HTTPField.Name("X-Forwarded-Proto")
}
