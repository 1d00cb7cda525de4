import HTTPTypes
import Hummingbird

/// Answers HEAD as GET with all its headers and without its body (RFC 9110 §9.3.2), so that what depends on the body, such as
/// the length, the coding and the tag of a packed form, is the same for both.
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
