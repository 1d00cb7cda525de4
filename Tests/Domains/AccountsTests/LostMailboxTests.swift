import Civic
import Foundation
import TestSupport
import Testing

@testable import Accounts

@Suite struct LostMailboxTests {
    private static let week = 7.0 * 86_400

    private func begin(_ fixture: AccountFixture, _ who: SignedIn) async throws -> SecretToken {
        let outcome = try await fixture.accounts.changeEmail.request(
            of: who,
            to: try EmailAddress("new@example.kz"),
            password: AccountFixture.password,
            from: AccountFixture.home
        )
        guard outcome == .accepted, case .emailChangeNew(let token, _, _)? = fixture.log.notices.last else {
            throw AccountFixture.Unexpected(what: "\(outcome)")
        }
        return token
    }

    private func waive(
        _ fixture: AccountFixture,
        _ who: SignedIn,
        password: String? = AccountFixture.password
    ) async throws -> LostMailboxOutcome {
        try await fixture.accounts.changeEmailWithoutMailbox.begin(
            of: who,
            password: password,
            code: nil,
            from: AccountFixture.home
        )
    }

    private func cancellations(_ fixture: AccountFixture) -> [SecretToken] {
        fixture.log.notices.compactMap { if case .emailChangeWaived(let token, _, _, _) = $0 { token } else { nil } }
    }

    private func email(_ fixture: AccountFixture, _ who: SignedIn) async throws -> String? {
        try await fixture.store.person(who.person)?.email.text
    }

    @Test(
        "After the waiting period the new address alone is enough, whether it was confirmed before or after",
        arguments: [true, false]
    )
    func way(isConfirmedEarly: Bool) async throws {
        let fixture = try AccountFixture()
        let accounts = fixture.accounts
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        let new = try await begin(fixture, who)
        _ = try await fixture.takeMails()
        #expect(try await waive(fixture, who) == .waits(until: fixture.clock.now + Self.week))
        let first = try await fixture.takeMails()
        #expect(first.map(\.recipient) == ["asel@example.kz"] && first.map(\.message.subject) == ["emailChangeWaived"])
        #expect(!(first.first?.message.text.contains("new@example.kz") ?? true), "masked")
        if isConfirmedEarly { #expect(try await accounts.changeEmail.confirm(new) == .waitsForOther) }
        fixture.clock.advance(by: 5 * 86_400 - 1)
        try await accounts.sweepAccounts()
        #expect(try await fixture.takeMails().isEmpty)
        fixture.clock.advance(by: 1)
        try await accounts.sweepAccounts()
        try await accounts.sweepAccounts()
        let reminder = try await fixture.takeMails()
        #expect(reminder.map(\.recipient) == ["asel@example.kz"], "told again, once")
        fixture.clock.advance(by: 2 * 86_400 - 1)
        try await accounts.sweepAccounts()
        #expect(try await email(fixture, who) == "asel@example.kz")
        fixture.clock.advance(by: 1)
        try await accounts.sweepAccounts()
        if !isConfirmedEarly {
            #expect(try await email(fixture, who) == "asel@example.kz")
            #expect(try await accounts.changeEmail.confirm(new) == .changed)
        }
        #expect(try await email(fixture, who) == "new@example.kz")
        #expect(Set(try await fixture.takeMails().map(\.recipient)) == ["asel@example.kz", "new@example.kz"])
        for token in cancellations(fixture) {
            #expect(try await accounts.changeEmailWithoutMailbox.cancel(token) == nil)
        }
    }

    @Test("The present address can cancel the change from the first mail or from the reminder", arguments: [0, 1])
    func stopped(mail: Int) async throws {
        let fixture = try AccountFixture()
        let accounts = fixture.accounts
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        let new = try await begin(fixture, who)
        _ = try await waive(fixture, who)
        fixture.clock.advance(by: 6 * 86_400)
        try await accounts.sweepAccounts()
        let tokens = cancellations(fixture)
        #expect(tokens.count == 2)
        #expect(
            try await accounts.changeEmailWithoutMailbox.pending(cancelledBy: tokens[mail])?.email.text
                == "new@example.kz"
        )
        #expect(try await accounts.changeEmailWithoutMailbox.cancel(tokens[mail]) == who.person)
        #expect(try await accounts.changeEmailWithoutMailbox.cancel(tokens[1 - mail]) == nil)
        fixture.clock.advance(by: 2 * 86_400)
        try await accounts.sweepAccounts()
        #expect(try await accounts.changeEmail.confirm(new) == .expired)
        #expect(try await email(fixture, who) == "asel@example.kz")
        let kinds = try await fixture.store.events(before: nil, of: who.person, limit: 2).map(\.event.kind)
        #expect(kinds.first == .emailChangeStopped)
    }

    @Test func aPasswordThatIsResetByThePresentAddressStopsIt() async throws {
        let fixture = try AccountFixture()
        let accounts = fixture.accounts
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        let new = try await begin(fixture, who)
        _ = try await waive(fixture, who)
        _ = try await accounts.resetPassword.request(login: "asel", from: AccountFixture.home)
        guard case .passwordReset(let reset, _, _)? = fixture.log.notices.last else {
            throw AccountFixture.Unexpected(what: "no reset")
        }
        _ = try await accounts.resetPassword.reset(
            reset,
            password: "жаңа құпиясөз тауда",
            device: AccountFixture.firefox,
            from: AccountFixture.home
        )
        #expect(try await accounts.changeEmail.confirm(new) == .expired)
        #expect(try await accounts.readProfile(of: who.person)?.pendingEmail == nil)
    }

    @Test("Skipping the old address needs a pending change and a proof, with the second factor where there is one")
    func proof() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        #expect(try await waive(fixture, who) == .nothingUnderWay)
        _ = try await begin(fixture, who)
        #expect(try await waive(fixture, who, password: "not it at all") == .refused(.wrong))
        #expect(try await waive(fixture, who, password: nil) == .refused(.wrong))
        _ = try await fixture.accounts.setUpSecondFactor.begin(who, password: nil, from: AccountFixture.home)
        let stored = try #require(try await fixture.store.secondFactor(of: who.person))
        let app = TimeBasedCode(secret: try fixture.accounts.sealer.open(stored.secret, for: .secondFactor))
        _ = try await fixture.accounts.setUpSecondFactor.confirm(
            who,
            code: app.code(step: TimeBasedCode.step(at: fixture.clock.now)),
            from: AccountFixture.home
        )
        #expect(try await waive(fixture, who) == .refused(.wrongCode))
        #expect(cancellations(fixture).isEmpty)
    }

    @Test("Asking again does not change the waiting period")
    func again() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        _ = try await begin(fixture, who)
        let end = fixture.clock.now + Self.week
        #expect(try await waive(fixture, who) == .waits(until: end))
        fixture.clock.advance(by: 86_400)
        #expect(try await waive(fixture, who) == .waits(until: end))
        #expect(cancellations(fixture).count == 1)
    }

    @Test("Before the waiting period is over the new address alone changes nothing")
    func withoutWait() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        let new = try await begin(fixture, who)
        #expect(try await fixture.accounts.changeEmail.confirm(new) == .waitsForOther)
        fixture.clock.advance(by: 86_400 - 1)
        try await fixture.accounts.sweepAccounts()
        #expect(try await email(fixture, who) == "asel@example.kz")
    }

    @Test("When the server was off past the wait, the present address is notified and has two days to cancel")
    func serverOff() async throws {
        let fixture = try AccountFixture()
        let accounts = fixture.accounts
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        let new = try await begin(fixture, who)
        _ = try await waive(fixture, who)
        #expect(try await accounts.changeEmail.confirm(new) == .waitsForOther)
        _ = try await fixture.takeMails()
        fixture.clock.advance(by: 8 * 86_400)
        try await accounts.sweepAccounts()
        let told = fixture.clock.now
        #expect(try await email(fixture, who) == "asel@example.kz")
        #expect(try await fixture.takeMails().map(\.message.subject) == ["emailChangeWaived"])
        #expect(try await accounts.changeEmail.confirm(new) == .waitsForOther)
        let end = told + 2 * 86_400
        #expect(try await accounts.readProfile(of: who.person)?.pendingEmail?.withoutOldFrom == end)
        guard
            case .emailChangeWaived(_, _, _, let from)? = fixture.log.notices.last(where: {
                if case .emailChangeWaived = $0 { true } else { false }
            })
        else { throw AccountFixture.Unexpected(what: "not told") }
        #expect(from == end, "the mail says when")
        fixture.clock.advance(by: 2 * 86_400 - 1)
        try await accounts.sweepAccounts()
        #expect(try await email(fixture, who) == "asel@example.kz")
        for token in cancellations(fixture) {
            #expect(try await accounts.changeEmailWithoutMailbox.pending(cancelledBy: token) != nil)
        }
        fixture.clock.advance(by: 1)
        try await accounts.sweepAccounts()
        #expect(try await email(fixture, who) == "new@example.kz")
    }

    @Test(
        "A confirmation after the wait but before the second notice does not complete the change",
        arguments: [8.0, 13]
    )
    func confirmedLate(days: Double) async throws {
        let fixture = try AccountFixture()
        let accounts = fixture.accounts
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        let new = try await begin(fixture, who)
        _ = try await waive(fixture, who)
        fixture.clock.advance(by: days * 86_400)
        #expect(try await accounts.changeEmail.confirm(new) == .waitsForOther)
        try await accounts.sweepAccounts()
        fixture.clock.advance(by: 2 * 86_400 - 1)
        try await accounts.sweepAccounts()
        #expect(try await email(fixture, who) == "asel@example.kz")
        // The link in the first mail is valid as long as the one in the second.
        let first = try #require(cancellations(fixture).first)
        #expect(try await accounts.changeEmailWithoutMailbox.cancel(first) == who.person)
        fixture.clock.advance(by: 86_400)
        try await accounts.sweepAccounts()
        #expect(try await email(fixture, who) == "asel@example.kz")
    }

    @Test("Setting the clock forward and back neither makes the change nor lengthens the wait")
    func clock() async throws {
        let fixture = try AccountFixture()
        let accounts = fixture.accounts
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        let new = try await begin(fixture, who)
        _ = try await waive(fixture, who)
        _ = try await accounts.changeEmail.confirm(new)
        fixture.clock.advance(by: 8 * 86_400)
        try await accounts.sweepAccounts()
        fixture.clock.advance(by: -8 * 86_400)
        try await accounts.sweepAccounts()
        let pending = try #require(try await accounts.readProfile(of: who.person)?.pendingEmail)
        #expect(pending.reminded == fixture.clock.now)
        #expect(pending.withoutOldFrom == fixture.clock.now + Self.week)
        fixture.clock.advance(by: Self.week)
        try await accounts.sweepAccounts()
        #expect(try await email(fixture, who) == "new@example.kz")
    }

    @Test("A cancellation link does not cancel a later change", arguments: [true, false])
    func linksEndWithTheirChange(isCancelled: Bool) async throws {
        let fixture = try AccountFixture()
        let accounts = fixture.accounts
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        _ = try await begin(fixture, who)
        _ = try await waive(fixture, who)
        let link = try #require(cancellations(fixture).first)
        if isCancelled { try await accounts.changeEmail.cancel(of: who) }
        _ = try await begin(fixture, who)
        #expect(try await accounts.changeEmailWithoutMailbox.pending(cancelledBy: link) == nil)
        #expect(try await accounts.changeEmailWithoutMailbox.cancel(link) == nil)
        #expect(try await accounts.readProfile(of: who.person)?.pendingEmail != nil)
    }
}
