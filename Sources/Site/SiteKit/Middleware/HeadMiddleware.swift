import HTTPTypes
import Hummingbird

/// Answers HEAD like GET, with all headers but no body (RFC 9110 §9.3.2), so that headers that depend on the body, such as
/// its length, content coding and the ETag of its compressed form, are the same for both.
struct HeadMiddleware: RouterMiddleware {
    func handle(
        _ request: Request,
        context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        guard request.method == .head else { return try await next(request, context) }
        var head = request.head
        head.method = .get
        let response = try await next(Request(head: head, body: request.body), context)
        return response.createHeadResponse()
    }
}
