import Testing

@testable import Mail

@Suite struct RetryPolicyTests {
    @Test("The wait doubles up to the maximum, with a jitter of a fifth")
    func waits() {
        let retryPolicy = RetryPolicy(firstWait: .seconds(60), longestWait: .seconds(7_200))
        var generator = SystemRandomNumberGenerator()
        for (attempt, seconds) in [(1, 60.0), (2, 120), (5, 960), (8, 7_200), (15, 7_200), (10_000, 7_200), (0, 60)] {
            for _ in 0..<50 {
                let wait = retryPolicy.wait(after: attempt, using: &generator) / .seconds(1)
                #expect((seconds * 0.799...seconds * 1.201).contains(wait), "\(attempt): \(wait)")
            }
        }
    }

    @Test("Mails that failed together are not retried together")
    func spread() {
        var generator = SystemRandomNumberGenerator()
        let waits = (0..<50).map { _ in RetryPolicy().wait(after: 3, using: &generator) }
        #expect(Set(waits).count > 10)
    }

    @Test("The lease is longer than the longest sending")
    func lease() {
        let server = SMTPServer(host: "a.kz", port: 25, security: .none)
        #expect(RetryPolicy().lease > server.timeLimit * 2)
    }
}
