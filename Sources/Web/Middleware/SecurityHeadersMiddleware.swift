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
        Self.set(Self.resourcePolicy, context.route.isShared ? "cross-origin" : "same-origin", in: &response)
        // A tile is no document: it runs nothing and links to nothing, and comes by the hundred.
        if context.route == .tile, response.status.code < 400 { return response }
        // What is not modified keeps the policy that it came with.
        if response.headers[.contentSecurityPolicy] == nil, response.status != .notModified {
            response.headers[.contentSecurityPolicy] = Self.isDocument(response) ? policy : Self.noDocument
        }
        if context.route == .page {
            Self.set(Self.openerPolicy, "same-origin", in: &response)
            Self.set(Self.permissionsPolicy, Self.permissions, in: &response)
            Self.set(Self.referrerPolicy, Self.referrers(response, context), in: &response)
        }
        if connection.isSecure(request) { response.headers[.strictTransportSecurity] = Self.transportSecurity }
        return response
    }

    // What a browser shows or runs: pages, pictures that can hold scripts, and scripts, which may become workers.
    private static func isDocument(_ response: Response) -> Bool {
        switch response.headers[.contentType].map(MediaType.essence) {
        case "text/html", "image/svg+xml", "text/javascript": true
        default: false
        }
    }

    // An address that holds a token lets in who learns it, and that of a page that went wrong may hold anything.
    private static func referrers(_ response: Response, _ context: PortalContext) -> String {
        if context.isSecretAddress || response.status.code >= 400 { return noReferrer }
        return referrerPolicy.flatMap { response.headers[$0] } ?? "strict-origin-when-cross-origin"
    }

    private static func set(_ name: HTTPField.Name?, _ value: String, in response: inout Response) {
        if let name { response.headers[name] = value }
    }

    /// Tells no page where its reader came from.
    static func withoutReferrer(_ response: inout Response) { set(referrerPolicy, noReferrer, in: &response) }

    private static let noReferrer = "no-referrer"

    // What is no document loads nothing and stands in no frame; what else a page needs is said to pages alone
    // (OWASP REST Security Cheat Sheet, Security Headers).
    private static let noDocument = "default-src 'none'; frame-ancestors 'none'"

    static let referrerPolicy = HTTPField.Name("Referrer-Policy")
    private static let permissionsPolicy = HTTPField.Name("Permissions-Policy")
    private static let openerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy")
    private static let resourcePolicy = HTTPField.Name("Cross-Origin-Resource-Policy")
    // The map asks for the location when its button is pressed; nothing else of a device is ever needed.
    private static let permissions =
        "geolocation=(self), camera=(), microphone=(), payment=(), usb=(), display-capture=(), browsing-topics=()"
    // Two years, as RFC 6797 lets a host ask for; without the subdomains, which are not ours to speak for.
    private static let transportSecurity = "max-age=63072000"
}
