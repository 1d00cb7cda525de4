package import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
package import ServiceLifecycle

/// Serves a portal's router on a port.
package struct PortalServer: Sendable {
    private let settings: ConnectionSettings
    private let proxies: TrustedProxies
    private let address: PortalAddress
    private let logger: Logger

    /// Prepares a server.
    ///
    /// - Parameters:
    ///   - settings: the limits of connections.
    ///   - proxies: the proxies whose statements about clients are trusted.
    ///   - address: told the port once it is known.
    package init(settings: ConnectionSettings, proxies: TrustedProxies, address: PortalAddress, logger: Logger) {
        (self.settings, self.proxies, self.address, self.logger) = (settings, proxies, address, logger)
    }

    /// The server, ready to run.
    ///
    /// - Parameters:
    ///   - services: run with the server.
    ///   - prepare: done before connections are accepted.
    ///   - onOverdue: called when requests are still being computed two seconds after the drain time, to end the process.
    ///   - onReady: called with the port once connections are accepted.
    package func application(
        _ router: Router<PortalContext>,
        host: String,
        port: Int,
        services: [any Service],
        prepare: @escaping @Sendable () async throws -> Void,
        onOverdue: @escaping @Sendable () -> Void,
        onReady: @escaping @Sendable (Int) -> Void
    ) -> some ApplicationProtocol {
        let (settings, address, logger) = (settings, address, logger)
        let registry = ConnectionRegistry(settings: settings, proxies: proxies)
        var application = Application(
            router: router,
            server: HTTPServerBuilder { responder in
                PortalChannel(responder: responder, settings: settings, registry: registry)
            },
            configuration: .init(address: .hostname(host, port: port), serverName: nil),
            services: services,
            onServerRunning: { channel in
                await AcceptHandler.add(to: channel, registry, settings, logger, abandon: onOverdue)
                let taken = channel.localAddress?.port ?? port
                address.listens(on: host, port: taken)
                onReady(taken)
            },
            logger: logger
        )
        application.beforeServerStarts { try await prepare() }
        return application
    }
}
