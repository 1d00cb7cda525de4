package import Hummingbird

/// Recognises requests from this machine that came without a proxy.
package enum LocalRequest {
    /// Whether the peer is a loopback address, no header indicates a proxy, and the host names this machine.
    ///
    /// Without the check of the host a page elsewhere could read the response (DNS rebinding).
    package static func isLocal(_ request: Request, _ context: PortalContext) -> Bool {
        let isForwarded = request.headers.contains { field in
            let name = field.name.canonicalName
            return name.hasPrefix("x-forwarded-") || ["forwarded", "via", "x-real-ip"].contains(name)
        }
        let peer = context.peer?.ipAddress.flatMap { IPAddress($0) }
        return !isForwarded && peer?.isLoopback ?? true && isForThisMachine(request)
    }

    private static func isForThisMachine(_ request: Request) -> Bool {
        guard let authority = request.head.authority else { return true }
        let isBracketed = authority.hasPrefix("[")
        let host = isBracketed ? authority.dropFirst().prefix { $0 != "]" } : authority.prefix { $0 != ":" }
        return IPAddress.isLoopback(host)
    }
}
