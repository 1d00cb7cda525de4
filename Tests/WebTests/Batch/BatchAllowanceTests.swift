import Testing

@testable import Web

@Suite struct BatchAllowanceTests {
    private let start = ContinuousClock.now

    private func wait(_ allowance: BatchAllowance, _ count: Int, _ client: String, after seconds: Int) -> Int? {
        do {
            _ = try allowance.reserve(count, for: client, at: start + .seconds(seconds))
            return nil
        } catch {
            return error.retryAfter
        }
    }

    @Test func fillsUpWithTime() {
        let allowance = BatchAllowance(perMinute: 60)
        #expect(wait(allowance, 60, "a", after: 0) == nil)
        #expect(wait(allowance, 10, "a", after: 0) == 10)
        #expect(wait(allowance, 10, "a", after: 9) == 1)
        #expect(wait(allowance, 10, "a", after: 10) == nil)
        #expect(wait(allowance, 10, "b", after: 10) == nil)
        #expect(wait(allowance, 60, "a", after: 69) == 1)
        #expect(wait(allowance, 60, "a", after: 70) == nil)
    }

    @Test("A request larger than the bucket waits for a full one, and unused allowance is returned")
    func givesBack() throws {
        let allowance = BatchAllowance(perMinute: 60)
        #expect(try allowance.reserve(10_000, for: "a", at: start) == 60)
        #expect(wait(allowance, 1, "a", after: 0) == 1)
        allowance.giveBack(59, to: "a")
        #expect(wait(allowance, 59, "a", after: 0) == nil)
        allowance.giveBack(1_000, to: "a")
        #expect(wait(allowance, 60, "a", after: 0) == nil)
        #expect(wait(allowance, 1, "a", after: 0) == 1)
    }

    @Test("Setting the clock back adds no allowance")
    func backwards() {
        let allowance = BatchAllowance(perMinute: 60)
        #expect(wait(allowance, 60, "a", after: 100) == nil)
        #expect(wait(allowance, 30, "a", after: 0) == 30)
    }
}
