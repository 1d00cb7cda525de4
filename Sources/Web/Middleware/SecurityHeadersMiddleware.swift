import HTTPTypes
import Hummingbird

/// Tells browsers to trust nothing that we did not send.
struct SecurityHeadersMiddleware: RouterMiddleware {
    private let policy: String

    /// - Parameter mapOrigin: where the operator's basemap comes from, when there is one.
    init(mapOrigin: String?) {
        // MapLibre runs its worker from a blob and draws images from blobs and data addresses.
        let other = mapOrigin.map { " \($0)" } ?? ""
        policy =
            "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:\(other); "
            + "worker-src 'self' blob:; connect-src 'self'\(other); font-src 'self'; object-src 'none'; "
            + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    }

    func handle(
        _ request: Request,
        context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        response.headers[.xContentTypeOptions] = "nosniff"
        // A tile is no document: it runs nothing and links to nothing, and comes by the hundred.
        if request.uri.path.hasSuffix(".mvt") { return response }
        response.headers[.contentSecurityPolicy] = policy
        if let name = Self.referrerPolicy { response.headers[name] = "strict-origin-when-cross-origin" }
        return response
    }

    private static let referrerPolicy = HTTPField.Name("Referrer-Policy")
}
