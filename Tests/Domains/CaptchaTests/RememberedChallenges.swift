import Captcha
import Foundation
import Synchronization

/// Used challenges in memory, with their expiry times.
actor RememberedChallenges: UsedChallenges {
    private(set) var kept: [String: Date] = [:]

    func use(_ challenge: String, until: Date) -> Bool {
        guard kept[challenge] == nil else { return false }
        kept[challenge] = until
        return true
    }
}

/// A store that cannot be written to.
struct BrokenChallenges: UsedChallenges {
    struct Full: Error {}

    func use(_ challenge: String, until: Date) throws -> Bool { throw Full() }
}

/// Collects what a verifier reported.
final class ReportedErrors: Sendable {
    private let kept = Mutex<[CaptchaError]>([])

    var errors: [CaptchaError] { kept.withLock { $0 } }

    func add(_ error: CaptchaError) { kept.withLock { $0.append(error) } }
}
