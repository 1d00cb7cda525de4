import Foundation
import Mail
import TestSupport
import Testing

@testable import Accounts

@Suite struct HumanCodeTests {
    private func request(_ email: EmailAddress, _ fixture: AccountFixture) async throws -> (SecretToken, String) {
        let outcome = try await fixture.service.requestHumanCode(email: email, language: .kk, from: AccountFixture.home)
        guard case .mailed(let ticket) = outcome, case .humanCode(let code, _)? = fixture.log.notices.last else {
            throw AccountFixture.Unexpected(what: "\(outcome)")
        }
        return (ticket, code)
    }

    private func wrong(_ code: String) -> String { code == "000000" ? "111111" : "000000" }

    @Test func aCodeIsGoodOnceForItsAddress() async throws {
        let fixture = try AccountFixture()
        let (email, other) = (try EmailAddress("asel@example.kz"), try EmailAddress("dana@example.kz"))
        let (ticket, code) = try await request(email, fixture)
        #expect(code.count == 6)
        let service = fixture.service
        #expect(try await service.checkHumanCode(ticket: ticket, code: code, email: other) == .expired)
        #expect(try await service.checkHumanCode(ticket: ticket, code: " \(code) ", email: email) == .passed)
        #expect(try await service.checkHumanCode(ticket: ticket, code: code, email: email) == .expired)
    }

    @Test func fiveTriesAndAQuarterOfAnHour() async throws {
        let fixture = try AccountFixture()
        let email = try EmailAddress("asel@example.kz")
        let (ticket, code) = try await request(email, fixture)
        for left in [4, 3, 2, 1, 0] {
            let verdict = try await fixture.service.checkHumanCode(ticket: ticket, code: wrong(code), email: email)
            #expect(verdict == .wrong(triesLeft: left))
        }
        #expect(try await fixture.service.checkHumanCode(ticket: ticket, code: code, email: email) == .expired)
        let (late, second) = try await request(email, fixture)
        fixture.clock.advance(900)
        #expect(try await fixture.service.checkHumanCode(ticket: late, code: second, email: email) == .expired)
    }

    @Test func theLastTryMayBeRight() async throws {
        let fixture = try AccountFixture()
        let email = try EmailAddress("asel@example.kz")
        let (ticket, code) = try await request(email, fixture)
        for _ in 0..<4 {
            _ = try await fixture.service.checkHumanCode(ticket: ticket, code: wrong(code), email: email)
        }
        #expect(try await fixture.service.checkHumanCode(ticket: ticket, code: code, email: email) == .passed)
        #expect(try await fixture.service.checkHumanCode(ticket: ticket, code: code, email: email) == .expired)
    }

    @Test("Guessing with many at once is five guesses")
    func together() async throws {
        let fixture = try AccountFixture()
        let email = try EmailAddress("asel@example.kz")
        let (ticket, code) = try await request(email, fixture)
        let guess = wrong(code)
        let verdicts = try await withThrowingTaskGroup(of: HumanCodeVerdict.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await fixture.service.checkHumanCode(ticket: ticket, code: guess, email: email)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(verdicts.filter { $0 != .expired }.count == 5)
    }

    @Test func oneAddressGetsFewCodes() async throws {
        let fixture = try AccountFixture()
        let limit = fixture.service.settings.limits.humanCodesPerAddress.count
        for index in 0..<limit { _ = try await request(try EmailAddress("p\(index)@example.kz"), fixture) }
        let outcome = try await fixture.service.requestHumanCode(
            email: try EmailAddress("more@example.kz"),
            language: .kk,
            from: AccountFixture.home
        )
        #expect(outcome == .wait(seconds: 3_600))
    }

    @Test func challengesAreUsedOnce() async throws {
        let fixture = try AccountFixture()
        let end = fixture.clock.now.addingTimeInterval(600)
        let results = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 { group.addTask { try await fixture.service.useChallenge("abc", until: end) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.filter { $0 }.count == 1)
        #expect(try await fixture.service.useChallenge("abd", until: end))
    }
}
