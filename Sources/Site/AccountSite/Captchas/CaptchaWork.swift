import Accounts
import SiteKit

/// The present difficulty of the proof-of-work captcha, read from the database at most once a second.
///
/// Anyone can request challenges, so a request must not cost a read on the connections that look up sessions. While the
/// read fails, the last value is kept, so that an overloaded database does not make the captcha easy.
actor CaptchaWork {
    /// How long a value is kept by default.
    static let defaultLifetime: Duration = .seconds(1)

    private let lifetime: Duration
    private let count: @Sendable () async throws -> Int
    private let now: @Sendable () -> ContinuousClock.Instant
    private var last = 1
    private var until: ContinuousClock.Instant?
    private var counting: Task<Int?, Never>?

    init(accounts: AccountUseCases) { self.init(count: { try await accounts.captchaUsage.work() }) }

    /// - Parameters:
    ///   - lifetime: how long a value is kept, and how long to wait after a failed read.
    ///   - now: the clock.
    ///   - count: reads the value from the database.
    init(
        lifetime: Duration = defaultLifetime,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        count: @escaping @Sendable () async throws -> Int
    ) {
        (self.lifetime, self.now, self.count) = (lifetime, now, count)
    }

    /// How many times harder than usual a challenge is now; 1 until the first read succeeds.
    func present() async -> Int {
        if let until, now() < until { return last }
        if let counting { return await counting.value ?? last }
        // An unstructured task, because other requests wait for it even if the first one is cancelled.
        let task = Task { [count] in try? await count() }
        counting = task
        let counted = await task.value
        if let counted { last = counted }
        until = now() + lifetime
        counting = nil
        return last
    }
}
