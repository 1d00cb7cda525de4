import Captcha
import Synchronization

/// Collects what a verifier reported.
final class ReportedErrors: Sendable {
    private let kept = Mutex<[CaptchaError]>([])

    var errors: [CaptchaError] { kept.withLock { $0 } }

    func add(_ error: CaptchaError) { kept.withLock { $0.append(error) } }
}
