import Captcha
import HTTPTypes
import Hummingbird
import NIOCore

/// Serves the proof-of-work challenges.
struct CaptchaController {
    static let path = "/api/v1/captcha/challenge"

    let verifier: any CaptchaVerifier

    func add(to router: Router<PortalContext>) {
        router.get("/api/v1/captcha/challenge", use: challenge)
    }

    @Sendable private func challenge(_ request: Request, _ context: PortalContext) async throws -> Response {
        _ = try Query(request, for: .captchaChallenge)
        // The challenges of a third-party captcha come from its provider.
        guard let work = verifier as? ProofOfWork else { throw Problem.notFound }
        return Response(
            status: .ok,
            headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: await work.challenge()))
        )
    }
}
