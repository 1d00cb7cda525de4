public import Hummingbird
import NIOCore

/// The context of a request.
public struct PortalContext: RequestContext {
    /// Hummingbird's own part.
    public var coreContext: CoreRequestContextStorage
    /// The connection of the request.
    let channel: any Channel
    /// Who opened the connection.
    let peer: SocketAddress?
    /// The policy of the route.
    var route = RoutePolicy.page
    /// The visitor, for routes that need to know.
    var visitor = Visitor()

    /// Makes the context of a new request.
    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
        peer = source.channel.remoteAddress
    }

    /// Whether the URL contains a token, which grants access to anyone who learns it.
    var isSecretAddress: Bool { parameters.get("token") != nil }

    /// The largest body of a request that may have one, bytes; 10,000 points as JSON take half of it.
    public var maxUploadSize: Int { 1_048_576 }
}
