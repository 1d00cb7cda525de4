import Civic
package import Hummingbird

/// Registers the pages of one language.
package struct PageRoutes {
    private let group: RouterGroup<PortalContext>
    private let table: RouteTable
    private let policy: RoutePolicy
    private let language: Language
    private let forms: FormReader

    init(router: Router<PortalContext>, table: RouteTable, policy: RoutePolicy, language: Language, forms: FormReader) {
        group = router.group("/\(language.rawValue)")
        (self.table, self.policy, self.language, self.forms) = (table, policy, language, forms)
    }

    /// Registers a page.
    package func get(_ path: RouterPath, _ answer: @escaping @Sendable (PageRequest) async throws -> Response) {
        add("GET", path)
        group.get(path) { [language] request, context in
            try await answer(PageRequest(request: request, context: context, language: language))
        }
    }

    /// Registers the action of a form, which is performed only when the form brings the CSRF token of its browser.
    ///
    /// A form that cannot be saved, because the store takes no writes, is shown again so that it can be sent once more.
    ///
    /// - Parameter files: the files that the form may bring.
    package func post(
        _ path: RouterPath,
        files: FileRules = .none,
        _ action: @escaping @Sendable (PageRequest, FormBody) async throws -> FormAction
    ) {
        add("POST", path)
        group.post(path) { [language, forms] request, context in
            let request = PageRequest(request: request, context: context, language: language)
            return try await forms.answer(request, files: files, action)
        }
    }

    private func add(_ method: String, _ path: RouterPath) {
        table.add(method, RouterPath("/\(language.rawValue)\(path.description)"), policy)
    }
}
