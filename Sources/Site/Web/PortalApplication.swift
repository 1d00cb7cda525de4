import Captcha
import Civic
import Foundation
public import Gazetteer
public import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
public import SQLiteStore

/// Assembles the server: routes, middleware and services.
public struct PortalApplication: Sendable {
    /// The city that the routes serve.
    public let live: LiveCity
    private let home: Home
    private let map: CityMap
    private let settings: MapSettings
    private let connections: ConnectionSettings
    private let api: APISettings
    private let accounts: PortalAccounts
    private let logger: Logger
    private let readiness: DatabaseReadiness

    /// - Parameters:
    ///   - store: where the gazetteer is kept.
    ///   - accounts: the assembled accounts.
    ///   - home: where the program's files are.
    ///   - map: what the operator set about the map.
    ///   - connections: what the operator set about connections.
    ///   - api: what the operator set about the API for programs.
    ///   - makesTilesAhead: whether to make all tiles when the city is loaded.
    ///   - database: tells `/readyz` whether changes can be saved; nil when there is no file.
    /// - Throws: `WebError.malformedMap` when the declarations of the map cannot be used.
    public init(
        store: any GazetteerStore,
        accounts: PortalAccounts,
        home: Home,
        logger: Logger,
        map settings: MapSettings = MapSettings(),
        connections: ConnectionSettings = .usual,
        api: APISettings = APISettings(),
        makesTilesAhead: Bool = false,
        database: DatabaseProbe? = nil
    ) throws(WebError) {
        let map = try CityMap(home: home, settings: settings)
        live = LiveCity(store: store, logger: logger, schemas: map.schemas, makesTilesAhead: makesTilesAhead)
        self.accounts = accounts
        self.connections = connections
        self.map = map
        self.settings = settings
        self.api = api
        self.home = home
        self.logger = logger
        readiness = DatabaseReadiness(database, logger: logger)
    }

    /// The routes with their middleware.
    ///
    /// - Throws: `WebError` when a template or a language file cannot be read.
    public func router() async throws -> Router<PortalContext> {
        let strings = try StringCatalogue(folder: home.languages)
        let assets = Assets(home: home)
        let pages = try PageRenderer(
            home: home,
            strings: strings,
            assets: assets,
            keys: accounts.keys,
            operator: accounts.portalOperator
        )
        let sessions = SessionCache(accounts: accounts.service)
        let metrics = RequestMetrics()
        let routes = RouteTable()
        let router = Router(context: PortalContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: StepsMiddleware())
        router.add(middleware: ContinueMiddleware())
        router.add(middleware: MetricsMiddleware(metrics: metrics))
        router.add(middleware: ServerOptionsMiddleware())
        router.add(middleware: RoutesMiddleware(routes: routes))
        router.add(middleware: HeadMiddleware())
        router.add(middleware: CompressionMiddleware())
        router.add(
            middleware: SecurityHeadersMiddleware(
                mapOrigin: settings.basemap?.origin,
                captcha: CaptchaGate.sources(of: accounts.captcha.kind),
                connection: accounts.connection
            )
        )
        router.add(middleware: SharingMiddleware(routes: routes))
        router.add(middleware: PageThreadsMiddleware())
        router.add(middleware: VisitorMiddleware(sessions: sessions, connection: accounts.connection))
        router.add(middleware: ProblemMiddleware(strings: strings, pages: pages, routes: routes))
        router.add(middleware: PathMiddleware())
        HealthController(
            live: live,
            metrics: metrics,
            access: MetricsAccess(token: api.metricsToken),
            readiness: readiness
        )
        .add(to: router)
        DistrictsController(live: live).add(to: router)
        let allowance = BatchAllowance(perMinute: api.batchResults)
        ResolveController(live: live, connection: accounts.connection, allowance: allowance).add(to: router)
        GeocodeController(live: live, connection: accounts.connection, allowance: allowance).add(to: router)
        ReverseController(live: live).add(to: router)
        SuggestController(live: live, strings: strings).add(to: router)
        DirectoryController(live: live).add(to: router)
        TilesController(live: live, map: map).add(to: router)
        OpenAPIController(live: live, map: map, strings: strings[.en]).add(to: router)
        assets.add(to: router)
        SiteFiles(
            contact: accounts.portalOperator.contactAddress,
            publicAddress: settings.publicAddress,
            now: { Date() }
        ).add(to: router)
        PagesController(live: live, pages: pages).add(to: router)
        AccountController(parts: accounts, pages: pages, sessions: sessions).add(to: router)
        routes.learn(router, files: [Assets.route, SiteFiles.robots, SiteFiles.security])
        return router
    }

    /// The server, ready to run: it loads the city before it listens.
    ///
    /// - Parameters:
    ///   - onOverdue: called when requests are still being computed two seconds after the drain time, to end the process.
    ///   - onReady: called with the port once connections are accepted.
    public func application(
        host: String,
        port: Int,
        onOverdue: @escaping @Sendable () -> Void = {},
        onReady: @escaping @Sendable (Int) -> Void = { _ in }
    ) async throws -> some ApplicationProtocol {
        let accounts = self.accounts
        let (connections, logger) = (connections, logger)
        let registry = ConnectionRegistry(settings: connections, proxies: accounts.connection.proxies)
        var application = Application(
            router: try await router(),
            server: HTTPServerBuilder { responder in
                PortalChannel(responder: responder, settings: connections, registry: registry)
            },
            configuration: .init(address: .hostname(host, port: port), serverName: nil),
            services: [
                live, accounts.mail, readiness,
                AccountSweep(accounts: accounts.service, folder: accounts.keptMails, logger: logger),
            ],
            onServerRunning: { channel in
                await AcceptHandler.add(to: channel, registry, connections, logger, abandon: onOverdue)
                let taken = channel.localAddress?.port ?? port
                accounts.address.listens(on: host, port: taken)
                onReady(taken)
            },
            logger: logger
        )
        let live = self.live
        application.beforeServerStarts { try await live.load() }
        return application
    }
}
