import HTTPTypes
import Hummingbird

/// Sets the headers that make browsers load and run only what the portal sends or the operator allows.
struct SecurityHeadersMiddleware: RouterMiddleware {
    private let policy: String
    private let connection: ClientConnection

    /// - Parameters:
    ///   - sources: other sites whose content the pages may load.
    ///   - connection: tells whether a client came over https.
    init(sources: ContentSources, connection: ClientConnection) {
        (policy, self.connection) = (sources.policy, connection)
    }

    func handle(
        _ request: Request,
        context: PortalContext,
        next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        response.headers[.xContentTypeOptions] = "nosniff"
        Self.set(Self.resourcePolicy, context.route.isShared ? "cross-origin" : "same-origin", in: &response)
        if context.route.content == .none, response.status.code < 400 { return response }
        // A 304 answer keeps the policy of the stored response.
        if response.headers[.contentSecurityPolicy] == nil, response.status != .notModified {
            let isDocument = context.route.content == .documents && Self.isDocument(response)
            response.headers[.contentSecurityPolicy] = isDocument ? policy : Self.noDocument
        }
        if context.route.hasDocumentHeaders {
            Self.set(Self.openerPolicy, "same-origin", in: &response)
            Self.set(Self.permissionsPolicy, Self.permissions, in: &response)
            Self.set(Self.referrerPolicy, Self.referrers(response, context), in: &response)
        }
        if connection.isSecure(request) { response.headers[.strictTransportSecurity] = Self.transportSecurity }
        return response
    }

    // Documents are what a browser renders or runs: pages, images that can contain scripts, and scripts (workers).
    private static func isDocument(_ response: Response) -> Bool {
        switch response.headers[.contentType].map(MediaType.essence) {
        case "text/html", "image/svg+xml", "text/javascript": true
        default: false
        }
    }

    // A URL with a token grants access to anyone who learns it, and the URL of an error page may contain anything.
    private static func referrers(_ response: Response, _ context: PortalContext) -> String {
        if context.isSecretAddress || response.status.code >= 400 { return noReferrer }
        return referrerPolicy.flatMap { response.headers[$0] } ?? "strict-origin-when-cross-origin"
    }

    private static func set(_ name: HTTPField.Name?, _ value: String, in response: inout Response) {
        if let name { response.headers[name] = value }
    }

    /// Keeps browsers from sending the URL of this page as a referrer.
    static func withoutReferrer(_ response: inout Response) { set(referrerPolicy, noReferrer, in: &response) }

    private static let noReferrer = "no-referrer"

    // Other responses load nothing and may not be framed; the rest of the policy is sent with documents only
    // (OWASP REST Security Cheat Sheet, Security Headers).
    private static let noDocument = "default-src 'none'; frame-ancestors 'none'"

    static let referrerPolicy = HTTPField.Name("Referrer-Policy")
    private static let permissionsPolicy = HTTPField.Name("Permissions-Policy")
    private static let openerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy")
    private static let resourcePolicy = HTTPField.Name("Cross-Origin-Resource-Policy")
    // The map asks for the location when its button is pressed; no other device feature is ever needed.
    private static let permissions =
        "geolocation=(self), camera=(), microphone=(), payment=(), usb=(), display-capture=(), browsing-topics=()"
    // Two years (RFC 6797); without includeSubDomains, because the subdomains are not ours to decide about.
    private static let transportSecurity = "max-age=63072000"
}
