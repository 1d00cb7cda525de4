import Civic
import Foundation

/// Registers the official appeals that were sent while the bodies did not work, and assigns them by their route.
///
/// Those whose kind is not known wait for an operator.
public struct RegisterAppeals: Sendable {
    private static let batch = 200

    let store: any AppealStore
    let rules: AppealRules
    let clock: WallClock
    let mails: AppealMails

    /// Registers what waits, if the bodies work now.
    ///
    /// - Returns: how many were registered.
    /// - Throws: `CivicError.noWorkCalendar`, and what the store throws.
    @discardableResult
    public func callAsFunction() async throws -> Int {
        let time = clock.now
        guard try rules.isOpen(at: LocalTime(time)) else { return 0 }
        var count = 0
        for stored in try await store.unregistered(limit: Self.batch) {
            var progress = CaseProgress(stored.appeal, stored.term, rules.counter, answers: stored.content.answers)
            try progress.register(stored.number, stored.route, at: time, by: rules)
            progress.keepLastMailToApplicant()
            let outcome = try await MoveStorage(store: store, mails: mails).append(progress, to: stored, at: time)
            if case .made = outcome { count += 1 }
        }
        return count
    }
}
