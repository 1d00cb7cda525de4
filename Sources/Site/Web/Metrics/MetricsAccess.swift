import Crypto
import Foundation
import HTTPTypes
import Hummingbird

/// Who may read the metrics, which tell what people do here and how busy the server is.
struct MetricsAccess: Sendable {
    private let token: SHA256.Digest?

    /// - Parameter token: what a reader shows as a bearer token (RFC 6750); nil lets in who asks from this machine.
    init(token: String?) { self.token = token.map { Self.digest($0) } }

    /// Lets a request through or not.
    ///
    /// - Throws: `Problem.unauthorized` without the right token where one is set, else `.forbidden` from elsewhere.
    func check(_ request: Request, _ context: PortalContext) throws(Problem) {
        guard let token else {
            guard LocalRequest.isLocal(request, context) else { throw .forbidden }
            return
        }
        // Hashes are compared: how far a guess is right shows in no time that can be measured.
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
