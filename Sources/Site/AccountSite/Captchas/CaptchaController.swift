import Captcha
import HTTPTypes
import Hummingbird
import NIOCore
import SiteKit

/// Serves the proof-of-work challenges.
struct CaptchaController {
    static let path = "/api/v1/captcha/challenge"

    let verifier: any CaptchaVerifier

    func add(to routes: SiteRoutes) {
        routes.calls.get("/api/v1/captcha/challenge", use: challenge)
    }

    @Sendable private func challenge(_ request: Request, _ context: PortalContext) async throws -> Response {
        try request.requireNoQuery()
        // The challenges of a third-party captcha come from its provider.
        guard let work = verifier as? ProofOfWork else { throw Problem.notFound }
        return Response(
            status: .ok,
            headers: [.contentType: "application/json; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(bytes: await work.challenge()))
        )
    }
}
