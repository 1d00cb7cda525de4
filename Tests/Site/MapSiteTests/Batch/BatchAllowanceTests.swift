import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct BatchAllowanceTests {
    private let start = ContinuousClock.now

    private func wait(_ allowance: BatchAllowance, _ count: Int, _ client: String, after seconds: Int) -> Int? {
        do {
            let reservation = try allowance.reserve(count, for: client, at: start + .seconds(seconds))
            reservation.settle(used: reservation.count)
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
        let reservation = try allowance.reserve(10_000, for: "a", at: start)
        #expect(reservation.count == 60)
        #expect(wait(allowance, 1, "a", after: 0) == 1)
        reservation.settle(used: 1)
        reservation.settle(used: 0)
        #expect(wait(allowance, 59, "a", after: 0) == nil)
        #expect(wait(allowance, 1, "a", after: 0) == 1)
    }

    @Test("A batch whose answer is never begun releases its reservation")
    func letsGo() throws {
        let allowance = BatchAllowance(perMinute: 60)
        do {
            let reservation = try allowance.reserve(60, for: "a", at: start)
            #expect(wait(allowance, 1, "a", after: 0) == 1)
            #expect(reservation.count == 60)
        }
        #expect(wait(allowance, 60, "a", after: 0) == nil)
    }

    @Test("A flood of new clients does not refill the bucket of a client that has used it up")
    func manyClients() {
        let allowance = BatchAllowance(perMinute: 60)
        #expect(wait(allowance, 60, "spent", after: 0) == nil)
        for number in 0...20_000 { #expect(wait(allowance, 1, "new \(number)", after: 0) == nil) }
        #expect(wait(allowance, 60, "spent", after: 0) == 60)
    }

    @Test("Setting the clock back adds no allowance")
    func backwards() {
        let allowance = BatchAllowance(perMinute: 60)
        #expect(wait(allowance, 60, "a", after: 100) == nil)
        #expect(wait(allowance, 30, "a", after: 0) == 30)
    }
}
