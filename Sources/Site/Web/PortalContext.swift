public import Hummingbird
import NIOCore

/// What travels with a request from the socket to its answer.
public struct PortalContext: RequestContext {
    /// Hummingbird's own part.
    public var coreContext: CoreRequestContextStorage
    /// The connection that the request came by.
    let channel: any Channel
    /// Who opened the connection.
    let peer: SocketAddress?
    /// What the request is for.
    var route = RouteKind.page
    /// Who asks, where it matters.
    var visitor = Visitor()

    /// Makes the context of a new request.
    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
        peer = source.channel.remoteAddress
    }

    /// Whether the address holds a token, which lets in whoever learns it.
    var isSecretAddress: Bool { parameters.get("token") != nil }

    /// The largest body a client may send where one is expected: 10,000 points as JSON fit in half of it, bytes.
    public var maxUploadSize: Int { 1_048_576 }
}
