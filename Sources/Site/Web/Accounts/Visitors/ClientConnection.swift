import HTTPTypes
import Hummingbird
import NIOCore

/// Determines the client's address and whether the connection is secure.
struct ClientConnection: Sendable {
    let proxies: TrustedProxies
    /// Whether the portal's public address uses https.
    let isPublicSecure: Bool

    /// The client's address; nil when the connection has none.
    func client(_ request: Request, peer: SocketAddress?) -> IPAddress? {
        let peer = peer?.ipAddress.flatMap { IPAddress($0) }
        let forwarded = Self.forwardedFor.flatMap { request.headers[values: $0].joined(separator: ",") }
        return proxies.client(peer: peer, forwardedFor: forwarded)
    }

    /// The client's subscriber, for counting; "unknown" when the connection has no address.
    func subscriber(_ request: Request, _ context: PortalContext) -> String {
        client(request, peer: context.peer)?.subscriber ?? "unknown"
    }

    /// Whether the client used https; a client that lies about it harms only its own cookies.
    func isSecure(_ request: Request) -> Bool {
        isPublicSecure || Self.forwardedProto.flatMap { request.headers[$0] } == "https"
    }

    private static let forwardedFor = HTTPField.Name("X-Forwarded-For")
    private static let forwardedProto = HTTPField.Name("X-Forwarded-Proto")
}
