import Testing

@testable import Accounts

@Suite struct ThrottleTests {
    @Test func waitsGrowAndEnd() {
        let waits = (0...20).map { Throttle.wait(failures: $0, everywhere: $0) }
        #expect(Array(waits.prefix(9)) == [0, 0, 0, 0, 2, 4, 8, 16, 32])
        #expect(waits.max() == Throttle.longestWait)
        #expect(Throttle.wait(failures: .max, everywhere: .max) == Throttle.longestWait)
    }

    @Test("However much is guessed elsewhere, an address without failures does not wait")
    func noLockOut() {
        for everywhere in [0, 20, 1_000, 1_000_000] {
            #expect(Throttle.wait(failures: 0, everywhere: everywhere) == 0)
        }
        #expect(Throttle.wait(failures: 1, everywhere: 1_000_000) == 2)
    }

    @Test func sharedAddressesAreBorneLonger() {
        #expect(Throttle.wait(ofAddress: 30) == 0)
        #expect(Throttle.wait(ofAddress: 31) == 2)
        #expect(Throttle.wait(ofAddress: 1_000) == 60)
    }

    @Test("Free attempts end exactly with the failure that reaches the limit of a login")
    func heatBegins() {
        #expect(Throttle.wait(failures: 1, everywhere: Throttle.heat - 1) == 0)
        #expect(Throttle.wait(failures: 1, everywhere: Throttle.heat) == 2)
        #expect(Throttle.wait(failures: Throttle.freeTries, everywhere: Throttle.heat - 1) == 0)
        #expect(Throttle.wait(failures: Throttle.freeTries, everywhere: Throttle.heat) == 8)
    }

    @Test func sitesAreBorneLongest() {
        #expect(Throttle.wait(ofSite: Throttle.freeTriesOfSite) == 0)
        #expect(Throttle.wait(ofSite: Throttle.freeTriesOfSite + 1) == 2)
        #expect(Throttle.wait(ofSite: 10_000) == Throttle.longestWaitOfAddress)
    }

    @Test func theCaptchaGetsHarderWithTheFloodAndNeverBeyondBearing() {
        let work = [0, 99, 100, 199, 200, 399, 400, 799, 800, 1_000_000].map { Throttle.captchaWork(failures: $0) }
        #expect(work == [1, 1, 2, 2, 4, 4, 8, 8, 8, 8])
    }
}
