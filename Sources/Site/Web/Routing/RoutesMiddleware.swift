import Hummingbird

/// Determines the kind of a request once, for all later middleware.
struct RoutesMiddleware: RouterMiddleware {
    let routes: RouteTable

    func handle(
        _ request: Request,
        context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.route = routes.kind(of: context.endpointPath, at: request.uri.path)
        return try await next(request, context)
    }
}
