import HTTPTypes
import Hummingbird

/// Tells browsers to trust nothing that we did not send.
struct SecurityHeadersMiddleware: RouterMiddleware {
    // MapLibre runs its worker from a blob and draws images from blobs and data addresses.
    private static let policy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        + "worker-src 'self' blob:; connect-src 'self'; font-src 'self'; object-src 'none'; base-uri 'none'; "
        + "form-action 'self'; frame-ancestors 'none'"

    func handle(
        _ request: Request,
        context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        response.headers[.contentSecurityPolicy] = Self.policy
        response.headers[.xContentTypeOptions] = "nosniff"
        if let name = Self.referrerPolicy { response.headers[name] = "strict-origin-when-cross-origin" }
        return response
    }

    private static let referrerPolicy = HTTPField.Name("Referrer-Policy")
}
