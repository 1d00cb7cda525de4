import Civic
import HTTPTypes
import Hummingbird

/// Lets scripts of any origin read the part of the API that needs no key, and nothing else (CORS, Fetch Standard §3.2).
///
/// The answers are the same for all origins and never depend on a cookie, so the header is `*`, credentials are not allowed,
/// and no answer varies by `Origin`.
struct SharingMiddleware: RouterMiddleware {
    let routes: RouteTable

    func handle(
        _ request: Request,
        context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        guard context.route.isShared else { return try await next(request, context) }
        if request.method == .options { return preflight(request) }
        var response = try await next(request, context)
        response.headers[.accessControlAllowOrigin] = "*"
        if !context.route.isPacked { response.headers[.accessControlExposeHeaders] = Self.exposed }
        return response
    }

    private func preflight(_ request: Request) -> Response {
        let methods = routes.methods(at: request.uri.path)
        return Response(
            status: .noContent,
            headers: [
                .allow: methods.joined(separator: ", "), .accessControlAllowOrigin: "*",
                .accessControlAllowMethods: methods.filter { $0 != "OPTIONS" }.joined(separator: ", "),
                .accessControlAllowHeaders: Self.allowed, .accessControlMaxAge: Self.seconds,
            ]
        )
    }

    private static let exposed = "ETag, Retry-After"
    // Request headers that scripts may set; the list may repeat CORS-safelisted ones.
    private static let allowed = "Accept, Accept-Language, Content-Type, If-None-Match"
    // One day; browsers cap it at two hours or less.
    private static let seconds = "86400"
}
