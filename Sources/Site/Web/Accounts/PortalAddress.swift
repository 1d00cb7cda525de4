import Synchronization

/// How the portal is reached: as the operator says, or as it listens.
final class PortalAddress: Sendable {
    private let address: Mutex<String>
    private let isFixed: Bool

    /// - Parameters:
    ///   - publicAddress: scheme, host and port, when the operator set them.
    ///   - host: the address to listen on.
    ///   - port: the port; 0 until `listens(on:port:)` tells it.
    init(publicAddress: String?, host: String, port: Int) {
        isFixed = publicAddress != nil
        address = Mutex(publicAddress ?? Self.text(host, port))
    }

    /// Scheme, host and port, without a slash at the end.
    var text: String { address.withLock { $0 } }

    /// Takes note of the port that the system gave.
    func listens(on host: String, port: Int) {
        if !isFixed { address.withLock { $0 = Self.text(host, port) } }
    }

    // An address that means every interface is none to go to.
    private static func text(_ host: String, _ port: Int) -> String {
        let reachable = ["0.0.0.0", "::", ""].contains(host) ? "127.0.0.1" : host
        return "http://" + (reachable.contains(":") ? "[\(reachable)]" : reachable) + (port == 80 ? "" : ":\(port)")
    }
}
