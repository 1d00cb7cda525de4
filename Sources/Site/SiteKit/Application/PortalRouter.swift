package import Attachments
package import Civic
import Foundation
package import Hummingbird
package import Logging
package import ServiceLifecycle

/// Assembles the routes, middleware and services of a portal from its features.
package struct PortalRouter: Sendable {
    /// What a portal needs besides its features.
    package struct Parts: Sendable {
        /// Where the program's files are.
        package let paths: ResourcePaths
        /// Makes and checks CSRF tokens.
        package let tokens: CSRFTokens
        /// Where files that come with forms wait for the end of their request.
        package let spool: UploadSpool
        /// What can be done with attachments; nil when there is no store of them.
        package let attachments: AttachmentUseCases?
        /// The portal's own address.
        package let address: PortalAddress
        /// The address that the operator configured; nil when there is none.
        package let publicURL: String?
        /// Tells how a client is connected.
        package let connection: ClientConnection
        /// The operator of the portal.
        package let portalOperator: PortalOperator
        /// The bearer token for `/metrics`; nil admits only this machine.
        package let metricsToken: String?
        /// How many finished pages are kept; nil keeps none.
        package let pageCache: PageCache.Limits?
        /// Tells whether changes can be saved; nil when nothing is written to a file.
        package let probe: (any StoreProbe)?
        /// The log.
        package let logger: Logger

        /// Takes the parts as given.
        package init(
            paths: ResourcePaths,
            tokens: CSRFTokens,
            spool: UploadSpool = .temporary,
            attachments: AttachmentUseCases? = nil,
            address: PortalAddress,
            publicURL: String?,
            connection: ClientConnection,
            portalOperator: PortalOperator,
            metricsToken: String?,
            pageCache: PageCache.Limits? = PageCache.Limits(),
            probe: (any StoreProbe)?,
            logger: Logger
        ) {
            (self.paths, self.tokens, self.spool, self.attachments) = (paths, tokens, spool, attachments)
            (self.address, self.publicURL) = (address, publicURL)
            (self.connection, self.portalOperator, self.metricsToken) = (connection, portalOperator, metricsToken)
            (self.pageCache, self.probe, self.logger) = (pageCache, probe, logger)
        }
    }

    /// The module that holds what all features share.
    private static let kit = "SiteKit"

    private let features: [Feature]
    private let parts: Parts
    private let readiness: DatabaseReadiness
    private let attachments: SiteAttachments?

    /// Composes a portal.
    ///
    /// - Parameter features: the features; where two of them have a file or an address of the same name, the later one wins.
    package init(features: [Feature], parts: Parts) {
        (self.features, self.parts) = (features, parts)
        readiness = DatabaseReadiness(parts.probe, logger: parts.logger)
        attachments = parts.attachments.map { SiteAttachments($0, metrics: AttachmentMetrics(), logger: parts.logger) }
    }

    /// The services that run with the server: those of the features, the sweep and the readiness check.
    package var services: [any Service] {
        let uploads = [
            Sweep(failure: "Left-over uploads not deleted") { [spool = parts.spool] in try spool.deleteLeftovers() },
            Sweep(failure: "Expired files of unfinished forms not deleted") { [files = parts.spool.keptFiles] in
                try files.deleteExpired()
            },
        ]
        let stored = attachments?.sweeps(parts.spool.keptFiles) ?? []
        let scans = attachments.map { [AttachmentService(attachments: $0, logger: parts.logger)] } ?? []
        return features.flatMap(\.services) + scans + [
            readiness, SweepService(sweeps: features.flatMap(\.sweeps) + uploads + stored, logger: parts.logger),
        ]
    }

    /// The routes with their middleware.
    ///
    /// - Parameter table: filled with the policy of every route.
    /// - Throws: `SiteError` when a template or a language file cannot be read.
    package func router(table: RouteTable = RouteTable()) throws -> Router<PortalContext> {
        var folders: [URL] = []
        for module in [Self.kit] + features.map(\.module) { folders.append(try parts.paths.resources(of: module)) }
        let strings = try StringCatalogue(folders: folders.map { $0.appending(path: "Locale") })
        let assets = Assets(folders: folders, vendor: parts.paths.vendor)
        let pages = try PageRenderer(
            features: features,
            folders: folders,
            strings: strings,
            assets: assets,
            operator: parts.portalOperator
        )
        let signIn = features.lazy.compactMap(\.signIn).first
        let grants = features.reduce(PermissionGrants([:])) { $0.adding($1.grants) }
        let sessions = SessionCache { token in try await signIn?.session(for: token)?.granted(by: grants) }
        let cache = parts.pageCache.map { limits in PageCache(limits: limits) { Int(Date().timeIntervalSince1970) } }
        var site = SiteEnvironment(
            pages: pages,
            tokens: parts.tokens,
            keptFiles: parts.spool.keptFiles,
            attachments: attachments,
            drafts: features.lazy.compactMap(\.drafts).first ?? MemoryDraftStore(),
            sessions: sessions,
            connection: parts.connection,
            address: parts.address,
            portalOperator: parts.portalOperator,
            pageCache: cache,
            staffPages: features.flatMap(\.staffPages),
            mails: try MailComposer(
                paths: parts.paths,
                strings: strings,
                address: parts.address,
                operator: parts.portalOperator
            ),
            personalData: features.flatMap(\.personalData) + [
                KeptFilesPersonalData(files: parts.spool.keptFiles, attachments: attachments?.useCases)
            ]
        )
        if let gate = signIn?.gate(site) { site = site.with(gate: gate) }
        let router = Router(context: PortalContext.self, options: .autoGenerateHeadEndpoints)
        addMiddleware(to: router, table, site)
        let routes = SiteRoutes(
            router: router,
            table: table,
            forms: FormReader(tokens: parts.tokens, spool: parts.spool),
            site: site
        )
        HealthController(
            facts: features.compactMap(\.readiness),
            metrics: metrics,
            attachments: attachments?.metrics,
            access: MetricsAccess(token: parts.metricsToken),
            readiness: readiness
        )
        .add(to: routes)
        assets.add(to: routes)
        SiteFiles(
            contact: parts.portalOperator.contactAddress,
            publicURL: parts.publicURL,
            uncrawled: features.flatMap(\.uncrawled) + [LanguageController.path],
            now: { Date() }
        ).add(to: routes)
        UnfinishedFiles(site: site).add(to: routes)
        LanguageController(signIn: signIn, sessions: sessions).add(to: routes)
        for feature in features { try feature.routes(routes, site) }
        return router
    }

    private let metrics = RequestMetrics()

    private func addMiddleware(to router: Router<PortalContext>, _ table: RouteTable, _ site: SiteEnvironment) {
        let sources = features.reduce(ContentSources()) { $0.adding($1.contentSources) }
        router.add(middleware: YieldBeforeResponse())
        router.add(middleware: ContinueMiddleware())
        router.add(middleware: MetricsMiddleware(metrics: metrics))
        router.add(middleware: ServerOptionsMiddleware())
        router.add(middleware: RoutesMiddleware(routes: table))
        router.add(middleware: HeadMiddleware())
        router.add(middleware: CompressionMiddleware())
        router.add(middleware: SecurityHeadersMiddleware(sources: sources, connection: parts.connection))
        router.add(middleware: SharingMiddleware(routes: table))
        router.add(middleware: PageThreadsMiddleware(cache: site.pageCache))
        router.add(middleware: VisitorMiddleware(sessions: site.sessions, connection: parts.connection))
        router.add(middleware: ProblemMiddleware(strings: site.strings, pages: site.pages, routes: table))
        router.add(middleware: PathMiddleware())
    }
}
