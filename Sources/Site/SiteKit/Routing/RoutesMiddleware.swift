package import Hummingbird

/// Determines the route policy of a request once, for all later middleware, and how long caches may keep an answer that does not say so.
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
        var response = try await next(request, context)
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = context.route.caching }
        return response
    }
}
