public import AccountSite
public import Attachments
public import Civic
public import Gazetteer
public import Hummingbird
public import Logging
public import MapSite
import SampleSite
public import SignatureSite
public import SiteKit
import StaffSite

/// The portal: lists the features and serves them.
public struct PortalApplication: Sendable {
    /// The city that the routes serve.
    public let live: LiveCity
    /// What the portal is composed of.
    package let features: [Feature]
    private let router: PortalRouter
    private let server: PortalServer

    /// - Parameters:
    ///   - store: where the gazetteer is kept.
    ///   - corrections: the corrections that staff make to the gazetteer; nil when there are none.
    ///   - accounts: the assembled accounts.
    ///   - home: where the program's files are.
    ///   - map: what the operator set about the map.
    ///   - connections: what the operator set about connections.
    ///   - api: what the operator set about the API for programs.
    ///   - uploads: where files that come with forms are received.
    ///   - signing: how electronic signatures are accepted.
    ///   - attachments: what can be done with attachments; nil when there is no store of them.
    ///   - makesTilesAhead: whether to make all tiles when the city is loaded.
    ///   - pageCache: how many finished pages are kept; nil keeps none.
    ///   - database: tells `/readyz` whether changes can be saved; nil when there is no file.
    /// - Throws: `SiteError.malformedMap` when the declarations of the map cannot be used.
    public init(
        store: any GazetteerStore,
        corrections: (any CorrectionStore)? = nil,
        accounts: PortalAccounts,
        home: ResourcePaths,
        logger: Logger,
        map settings: MapSettings = MapSettings(),
        connections: ConnectionSettings = .usual,
        api: APISettings = APISettings(),
        uploads: UploadSpool = .temporary,
        signing: Signing = Signing(),
        attachments: AttachmentUseCases? = nil,
        makesTilesAhead: Bool = false,
        pageCache: PageCache.Limits? = PageCache.Limits(),
        database: (any StoreProbe)? = nil
    ) throws(SiteError) {
        let map = try CityMap(home: home, settings: settings)
        live = LiveCity(
            store: store,
            logger: logger,
            schemas: map.schemas,
            symbols: map.symbols,
            makesTilesAhead: makesTilesAhead
        )
        features =
            [
                Feature.accounts(accounts, logger: logger),
                Feature.map(
                    live: live,
                    map: map,
                    connection: accounts.connection,
                    batchResults: api.batchResults,
                    corrections: corrections
                ),
                Feature.staff(accounts: accounts.useCases, mail: accounts.mail, outbox: accounts.outbox) {
                    accounts.providers.label(of: $0)
                },
                Feature.signing(signing),
            ] + (accounts.mailPath == nil ? [] : [Feature.samples(signing)])
        router = PortalRouter(
            features: features,
            parts: PortalRouter.Parts(
                paths: home,
                tokens: accounts.tokens,
                spool: uploads,
                attachments: attachments,
                address: accounts.address,
                publicURL: settings.publicURL,
                connection: accounts.connection,
                portalOperator: accounts.portalOperator,
                metricsToken: api.metricsToken,
                pageCache: pageCache,
                probe: database,
                logger: logger
            )
        )
        server = PortalServer(
            settings: connections,
            proxies: accounts.connection.proxies,
            address: accounts.address,
            logger: logger
        )
    }

    /// The routes with their middleware.
    ///
    /// - Throws: `SiteError` when a template or a language file cannot be read.
    public func router() async throws -> Router<PortalContext> { try router.router() }

    /// The routes with their middleware, and the policy of each in a table.
    package func router(table: RouteTable) throws -> Router<PortalContext> { try router.router(table: table) }

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
        let live = self.live
        return server.application(
            try router.router(),
            host: host,
            port: port,
            services: router.services,
            prepare: { try await live.load() },
            onOverdue: onOverdue,
            onReady: onReady
        )
    }
}
