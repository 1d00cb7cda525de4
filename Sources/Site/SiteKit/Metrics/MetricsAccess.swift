import Civic
import Crypto
import Foundation
import HTTPTypes
package import Hummingbird

/// Decides who may read the metrics, which reveal what people do here and how busy the server is.
package struct MetricsAccess: Sendable {
    private let token: SHA256.Digest?

    /// - Parameter token: the bearer token that readers must present (RFC 6750); nil admits only requests from this machine.
    package init(token: String?) { self.token = token.map { Self.digest($0) } }

    /// Checks a request.
    ///
    /// - Throws: `Problem.unauthorized` when a token is set and the request lacks it; `.forbidden` when none is set and the
    ///   request comes from elsewhere.
    package func check(_ request: Request, _ context: PortalContext) throws(Problem) {
        guard let token else {
            guard LocalRequest.isLocal(request, context) else { throw .forbidden }
            return
        }
        // Compare hashes, so that response times reveal nothing about how much of a guess is right.
        guard let shown = Self.bearer(request.headers[.authorization]), Self.digest(shown) == token else {
            throw .unauthorized(scheme: "Bearer realm=\"metrics\"")
        }
    }

    private static func digest(_ text: String) -> SHA256.Digest { SHA256.hash(data: Data(text.utf8)) }

    private static func bearer(_ header: String?) -> String? {
        let parts = header?.split(separator: " ", maxSplits: 1) ?? []
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return parts[1].trimmingWhitespace
    }
}
