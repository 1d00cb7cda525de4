package import Civic
package import Hummingbird

/// Registers routes under one policy.
package struct RouteGroup {
    private let router: Router<PortalContext>
    private let table: RouteTable
    private let policy: RoutePolicy
    private let forms: FormReader

    init(router: Router<PortalContext>, table: RouteTable, policy: RoutePolicy, forms: FormReader) {
        (self.router, self.table, self.policy, self.forms) = (router, table, policy, forms)
    }

    /// Registers a route for GET.
    package func get(
        _ path: RouterPath,
        use handler: @escaping @Sendable (Request, PortalContext) async throws -> Response
    ) {
        table.add("GET", path, policy)
        router.get(path, use: handler)
    }

    /// Registers the action of a form outside the three languages, which is performed only when the form brings the CSRF
    /// token of its browser.
    ///
    /// - Parameters:
    ///   - files: the files that the form may bring.
    ///   - language: the language of the answer.
    package func form(
        _ path: RouterPath,
        files: FileRules = .none,
        language: @escaping @Sendable (Request) -> Language,
        _ action: @escaping @Sendable (PageRequest, FormBody) async throws -> FormAction
    ) {
        table.add("POST", path, policy)
        router.post(path) { [forms] request, context in
            let request = PageRequest(request: request, context: context, language: language(request))
            return try await forms.answer(request, files: files, action)
        }
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
