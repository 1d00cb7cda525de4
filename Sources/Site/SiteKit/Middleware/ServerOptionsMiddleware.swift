import HTTPTypes
import Hummingbird

/// Answers `OPTIONS *`, which concerns the server as a whole (RFC 9110 §9.3.7), with the supported methods.
struct ServerOptionsMiddleware: RouterMiddleware {
    private static let methods = "GET, HEAD, OPTIONS, POST"

    func handle(
        _ request: Request,
        context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        guard request.method == .options, request.head.path == "*" else { return try await next(request, context) }
        return Response(status: .noContent, headers: [.allow: Self.methods])
    }
}
