import Civic
package import Hummingbird

/// Registers the pages of one language.
package struct PageRoutes {
    private let group: RouterGroup<PortalContext>
    private let table: RouteTable
    private let language: Language

    init(router: Router<PortalContext>, table: RouteTable, language: Language) {
        group = router.group("/\(language.rawValue)")
        (self.table, self.language) = (table, language)
    }

    /// Registers a page.
    package func get(_ path: RouterPath, _ answer: @escaping @Sendable (PageRequest) async throws -> Response) {
        add("GET", path)
        group.get(path) { [language] request, context in
            try await answer(PageRequest(request: request, context: context, language: language))
        }
    }

    /// Registers the action of a form.
    package func post(_ path: RouterPath, _ answer: @escaping @Sendable (PageRequest) async throws -> Response) {
        add("POST", path)
        group.post(path) { [language] request, context in
            let visit = PageRequest(request: request, context: context, language: language)
            do {
                return try await answer(visit)
            } catch let error as CivicError where error.isOfStore {
                guard let form = visit.sent.form else { throw error }
                throw UnsavedForm(form: form, cause: error)
            }
        }
    }

    private func add(_ method: String, _ path: RouterPath) {
        table.add(method, RouterPath("/\(language.rawValue)\(path.description)"), .page)
    }
}
