import Synchronization

/// The portal's own address: the configured one, or the one that it listens on.
final class PortalAddress: Sendable {
    private let address: Mutex<String>
    private let isFixed: Bool

    /// - Parameters:
    ///   - publicAddress: scheme, host and port, if configured.
    ///   - host: the address to listen on.
    ///   - port: the port; 0 until `listens(on:port:)` reports it.
    init(publicAddress: String?, host: String, port: Int) {
        isFixed = publicAddress != nil
        address = Mutex(publicAddress ?? Self.text(host, port))
    }

    /// Scheme, host and port, without a trailing slash.
    var text: String { address.withLock { $0 } }

    /// Records the port that the system assigned.
    func listens(on host: String, port: Int) {
        if !isFixed { address.withLock { $0 = Self.text(host, port) } }
    }

    // A wildcard address cannot be connected to, so use the loopback name.
    private static func text(_ host: String, _ port: Int) -> String {
        let reachable = ["0.0.0.0", "::", ""].contains(host) ? "127.0.0.1" : host
        return "http://" + (reachable.contains(":") ? "[\(reachable)]" : reachable) + (port == 80 ? "" : ":\(port)")
    }
}
