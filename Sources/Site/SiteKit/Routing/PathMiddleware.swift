import HTTPTypes
package import Hummingbird

/// Keeps ambiguous paths away from the routes: empty segments are redirected, the others are not found.
package struct PathMiddleware: RouterMiddleware {
    /// Redirects or refuses a path that is not in the valid spelling.
    package func handle(
        _ request: Request,
        context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        switch PathForm(request.uri.path) {
        case .plain: return try await next(request, context)
        case .spaced(let path) where request.method == .get || request.method == .head:
            let query = request.uri.query.map { "?" + $0 } ?? ""
            return Response(status: .permanentRedirect, headers: [.location: path + query])
        case .spaced, .refused: throw Problem.notFound
        }
    }
}
