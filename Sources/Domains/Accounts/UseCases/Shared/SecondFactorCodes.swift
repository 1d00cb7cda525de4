import Civic
import Foundation

/// Checks codes of authenticator apps and recovery codes, and uses them up.
struct SecondFactorCodes: Sendable {
    /// What a code turned out to be.
    enum Proof {
        /// A code of the authenticator app.
        case app
        /// A recovery code. The value is the number of codes left.
        case recovery(left: Int)
    }

    let store: any SecondFactorStore
    let sealer: ValueSealer
    let clock: WallClock

    /// Uses a code up; nil when it is not a valid code of the person.
    func use(_ code: String, of id: PersonID) async throws -> Proof? {
        guard let factor = try await store.secondFactor(of: id), factor.isConfirmed else { return nil }
        if let recovery = RecoveryCode(code) {
            return try await store.useRecoveryCode(recovery.hash, of: id, at: clock.now).map { .recovery(left: $0) }
        }
        let app = TimeBasedCode(secret: try sealer.open(factor.secret, for: .secondFactor))
        let time = clock.now
        guard let step = app.step(of: code, at: time, after: factor.lastStep) else { return nil }
        let latest = TimeBasedCode.step(at: time) + TimeBasedCode.drift
        return try await store.useStep(step, of: id, latest: latest) ? .app : nil
    }
}
