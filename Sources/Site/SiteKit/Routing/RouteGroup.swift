package import Hummingbird

/// Registers routes under one policy.
package struct RouteGroup {
    private let router: Router<PortalContext>
    private let table: RouteTable
    private let policy: RoutePolicy

    init(router: Router<PortalContext>, table: RouteTable, policy: RoutePolicy) {
        (self.router, self.table, self.policy) = (router, table, policy)
    }

    /// Registers a route for GET.
    package func get(
        _ path: RouterPath,
        use handler: @escaping @Sendable (Request, PortalContext) async throws -> Response
    ) {
        table.add("GET", path, policy)
        router.get(path, use: handler)
    }

    /// Registers the action of a form outside the three languages.
    package func form(
        _ path: RouterPath,
        use handler: @escaping @Sendable (Request, PortalContext) async throws -> Response
    ) {
        table.add("POST", path, policy)
        router.post(path, use: handler)
    }

    /// Registers a route for POST of a program, which authenticates itself or needs no identity.
    ///
    /// A form of a page is registered with `PageRoutes.post` or `form`, which checks its CSRF token.
    package func post(
        _ path: RouterPath,
        use handler: @escaping @Sendable (Request, PortalContext) async throws -> Response
    ) {
        precondition(!policy.knowsVisitor, "\(path) would change something without a CSRF token")
        table.add("POST", path, policy)
        router.post(path, use: handler)
    }
}
