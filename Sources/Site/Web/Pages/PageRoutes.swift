import Civic
import Hummingbird

/// Registers the pages of one language.
struct PageRoutes {
    private let group: RouterGroup<PortalContext>
    private let language: Language

    /// The routes under `/kk`, `/ru` and `/en`.
    static func all(of router: Router<PortalContext>) -> [PageRoutes] {
        Language.allCases.map { language in
            PageRoutes(group: router.group("/\(language.rawValue)"), language: language)
        }
    }

    func get(_ path: RouterPath, _ answer: @escaping @Sendable (Visit) async throws -> Response) {
        group.get(path) { [language] request, context in
            try await answer(Visit(request: request, context: context, language: language))
        }
    }

    func post(_ path: RouterPath, _ answer: @escaping @Sendable (Visit) async throws -> Response) {
        group.post(path) { [language] request, context in
            let visit = Visit(request: request, context: context, language: language)
            do {
                return try await answer(visit)
            } catch let error as CivicError where error.isOfStore {
                guard let form = visit.sent.form else { throw error }
                throw UnsavedForm(form: form, cause: error)
            }
        }
    }
}
