import Civic
import Foundation
import TestSupport
import Testing

@testable import Accounts

@Suite struct HumanCodeTests {
    private func request(_ email: EmailAddress, _ fixture: AccountFixture) async throws -> (SecretToken, String) {
        let outcome = try await fixture.accounts.mailHumanCode.request(
            login: email.text,
            language: .kk,
            from: AccountFixture.home
        )
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
        let accounts = fixture.accounts
        #expect(try await accounts.mailHumanCode.check(ticket: ticket, code: code, login: other.text) == .expired)
        #expect(try await accounts.mailHumanCode.check(ticket: ticket, code: " \(code) ", login: email.text) == .passed)
        #expect(try await accounts.mailHumanCode.check(ticket: ticket, code: code, login: email.text) == .expired)
    }

    @Test func fiveTriesAndAQuarterOfAnHour() async throws {
        let fixture = try AccountFixture()
        let email = try EmailAddress("asel@example.kz")
        let (ticket, code) = try await request(email, fixture)
        for left in [4, 3, 2, 1, 0] {
            let verdict = try await fixture.accounts.mailHumanCode.check(
                ticket: ticket,
                code: wrong(code),
                login: email.text
            )
            #expect(verdict == .wrong(triesLeft: left))
        }
        #expect(
            try await fixture.accounts.mailHumanCode.check(ticket: ticket, code: code, login: email.text) == .expired
        )
        let (late, second) = try await request(email, fixture)
        fixture.clock.advance(by: 900)
        #expect(
            try await fixture.accounts.mailHumanCode.check(ticket: late, code: second, login: email.text) == .expired
        )
    }

    @Test func theLastTryMayBeRight() async throws {
        let fixture = try AccountFixture()
        let email = try EmailAddress("asel@example.kz")
        let (ticket, code) = try await request(email, fixture)
        for _ in 0..<4 {
            _ = try await fixture.accounts.mailHumanCode.check(ticket: ticket, code: wrong(code), login: email.text)
        }
        #expect(
            try await fixture.accounts.mailHumanCode.check(ticket: ticket, code: code, login: email.text) == .passed
        )
        #expect(
            try await fixture.accounts.mailHumanCode.check(ticket: ticket, code: code, login: email.text) == .expired
        )
    }

    @Test("Guessing concurrently still gives only five guesses")
    func together() async throws {
        let fixture = try AccountFixture()
        let email = try EmailAddress("asel@example.kz")
        let (ticket, code) = try await request(email, fixture)
        let guess = wrong(code)
        let verdicts = try await withThrowingTaskGroup(of: HumanCodeVerdict.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await fixture.accounts.mailHumanCode.check(ticket: ticket, code: guess, login: email.text)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(verdicts.filter { $0 != .expired }.count == 5)
    }

    @Test func oneAddressGetsFewCodes() async throws {
        let fixture = try AccountFixture()
        let limit = fixture.accounts.settings.limits.humanCodesPerAddress.count
        for index in 0..<limit { _ = try await request(try EmailAddress("p\(index)@example.kz"), fixture) }
        let outcome = try await fixture.accounts.mailHumanCode.request(
            login: "more@example.kz",
            language: .kk,
            from: AccountFixture.home
        )
        #expect(outcome == .wait(seconds: 3_600))
    }

    @Test func challengesAreUsedOnce() async throws {
        let fixture = try AccountFixture()
        let end = fixture.clock.now.addingTimeInterval(600)
        let results = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 {
                group.addTask { try await fixture.accounts.captchaUsage.useChallenge("abc", until: end) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.filter { $0 }.count == 1)
        #expect(try await fixture.accounts.captchaUsage.useChallenge("abd", until: end))
    }

    @Test("For a user name the code goes to the account's address, without revealing whether there is one")
    func byUserName() async throws {
        let fixture = try AccountFixture()
        let accounts = fixture.accounts
        _ = try await fixture.member("asel@example.kz", username: "asel")
        _ = try await fixture.takeMails()
        func ask(_ login: String) async throws -> (SecretToken, String) {
            let outcome = try await accounts.mailHumanCode.request(
                login: login,
                language: .ru,
                from: AccountFixture.home
            )
            guard case .mailed(let ticket) = outcome, case .humanCode(let code, _)? = fixture.log.notices.last else {
                throw AccountFixture.Unexpected(what: "\(outcome)")
            }
            return (ticket, code)
        }
        let (ticket, code) = try await ask("ASEL")
        let mails = try await fixture.takeMails()
        #expect(mails.map(\.recipient) == ["asel@example.kz"])
        // The mail is in the language of the account, not of the request.
        #expect(mails.map(\.language) == ["kk"])
        #expect(
            try await accounts.mailHumanCode.check(ticket: ticket, code: code, login: "asel@example.kz") == .expired
        )
        #expect(try await accounts.mailHumanCode.check(ticket: ticket, code: code, login: " asel ") == .passed)
        let (nobody, guess) = try await ask("nobody")
        #expect(try await fixture.takeMails().isEmpty)
        #expect(try await accounts.mailHumanCode.check(ticket: nobody, code: guess, login: "asel") == .expired)
        // Four more would exceed the recipient's limit, by user name or by address.
        for _ in 0..<4 { _ = try await ask("asel") }
        #expect(try await fixture.takeMails().count == 2)
    }
}
