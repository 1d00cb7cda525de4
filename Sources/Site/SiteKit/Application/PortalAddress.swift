import Synchronization

/// The portal's own address: the configured one, or the one that it listens on.
package final class PortalAddress: Sendable {
    private let address: Mutex<String>
    /// The configured address: scheme, host and port; nil when there is none.
    package let publicURL: String?

    /// - Parameters:
    ///   - publicURL: scheme, host and port, if configured.
    ///   - host: the address to listen on.
    ///   - port: the port; 0 until `listens(on:port:)` reports it.
    package init(publicURL: String?, host: String, port: Int) {
        self.publicURL = publicURL
        address = Mutex(publicURL ?? Self.text(host, port))
    }

    /// Scheme, host and port, without a trailing slash.
    package var text: String { address.withLock { $0 } }

    /// Records the port that the system assigned.
    package func listens(on host: String, port: Int) {
        if publicURL == nil { address.withLock { $0 = Self.text(host, port) } }
    }

    // A wildcard address cannot be connected to, so use the loopback name.
    private static func text(_ host: String, _ port: Int) -> String {
        let reachable = ["0.0.0.0", "::", ""].contains(host) ? "127.0.0.1" : host
        return "http://" + (reachable.contains(":") ? "[\(reachable)]" : reachable) + (port == 80 ? "" : ":\(port)")
    }
}
