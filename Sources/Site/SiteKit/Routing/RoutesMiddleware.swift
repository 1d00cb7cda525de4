package import Hummingbird

/// Determines the route policy of a request once, for all later middleware.
package struct RoutesMiddleware: RouterMiddleware {
    /// The table with the policy of every route.
    package let routes: RouteTable

    /// Passes the request on with the policy of its route in the context.
    package func handle(
        _ request: Request,
        context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.route = routes.policy(of: context.endpointPath, at: request.uri.path)
        return try await next(request, context)
    }
}
