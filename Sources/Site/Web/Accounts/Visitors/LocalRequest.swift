import Hummingbird

/// Requests that were made on this machine and reached us without a server between.
enum LocalRequest {
    /// Whether a request is one: the peer is a loopback address, nothing says that it was passed on, and it is for this machine
    /// by name, since a page elsewhere could otherwise read the answer (DNS rebinding).
    static func isLocal(_ request: Request, _ context: PortalContext) -> Bool {
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
