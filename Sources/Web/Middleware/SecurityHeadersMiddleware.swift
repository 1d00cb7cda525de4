import HTTPTypes
import Hummingbird

/// Tells browsers to trust nothing that we did not send.
struct SecurityHeadersMiddleware: RouterMiddleware {
    private let policy: String
    private let connection: ClientConnection

    /// - Parameters:
    ///   - mapOrigin: where the operator's basemap comes from, when there is one.
    ///   - captcha: where the scripts and frames of the operator's captcha come from, when it is another's.
    ///   - connection: tells whether a client came over https.
    init(
        mapOrigin: String?,
        captcha: (scripts: [String], frames: [String]),
        connection: ClientConnection
    ) {
        self.connection = connection
        // MapLibre runs its worker from a blob and draws images from blobs and data addresses.
        let map = mapOrigin.map { " \($0)" } ?? ""
        let scripts = captcha.scripts.map { " " + $0 }.joined()
        let frames = captcha.frames.map { " " + $0 }.joined()
        policy =
            "default-src 'self'; script-src 'self'\(scripts); style-src 'self'; img-src 'self' data: blob:\(map); "
            + "worker-src 'self' blob:; connect-src 'self'\(map)\(scripts); font-src 'self'; frame-src 'self'\(frames); "
            + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
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
        if response.headers[.contentType]?.hasPrefix("application/json") == true {
            response.headers[.contentSecurityPolicy] = Self.noDocument
            return secured(response, request)
        }
        if response.headers[.contentSecurityPolicy] == nil { response.headers[.contentSecurityPolicy] = policy }
        if let name = Self.referrerPolicy, response.headers[name] == nil {
            response.headers[name] = "strict-origin-when-cross-origin"
        }
        if let name = Self.permissionsPolicy { response.headers[name] = Self.permissions }
        return secured(response, request)
    }

    private func secured(_ response: Response, _ request: Request) -> Response {
        guard connection.isSecure(request) else { return response }
        var response = response
        response.headers[.strictTransportSecurity] = Self.transportSecurity
        return response
    }

    // An answer to a program loads nothing and stands in no frame; what else a page needs is said to pages alone
    // (OWASP REST Security Cheat Sheet, Security Headers).
    private static let noDocument = "default-src 'none'; frame-ancestors 'none'"

    static let referrerPolicy = HTTPField.Name("Referrer-Policy")
    private static let permissionsPolicy = HTTPField.Name("Permissions-Policy")
    // The map asks for the location when its button is pressed; nothing else of a device is ever needed.
    private static let permissions =
        "geolocation=(self), camera=(), microphone=(), payment=(), usb=(), display-capture=(), browsing-topics=()"
    // Two years, as RFC 6797 lets a host ask for; without the subdomains, which are not ours to speak for.
    private static let transportSecurity = "max-age=63072000"
}
