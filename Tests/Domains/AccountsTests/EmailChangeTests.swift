import Civic
import TestSupport
import Testing

@testable import Accounts

@Suite struct EmailChangeTests {
    private func request(_ who: SignedIn, _ email: String, _ fixture: AccountFixture) async throws -> EmailChangeOutcome
    {
        try await fixture.accounts.changeEmail.request(
            of: who,
            to: try EmailAddress(email),
            password: AccountFixture.password,
            from: AccountFixture.home
        )
    }

    private func tokens(_ fixture: AccountFixture) throws -> (old: SecretToken, new: SecretToken) {
        var (old, new): (SecretToken?, SecretToken?)
        for notice in fixture.log.notices {
            if case .emailChangeOld(let token, _, _, _) = notice { old = token }
            if case .emailChangeNew(let token, _, _) = notice { new = token }
        }
        return (try #require(old), try #require(new))
    }

    @Test("Both addresses confirm, in any order, and both are notified", arguments: [true, false])
    func both(oldFirst: Bool) async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        _ = try await fixture.takeMails()
        #expect(try await request(who, "new@example.kz", fixture) == .accepted)
        let mails = try await fixture.takeMails()
        #expect(Set(mails.map(\.recipient)) == ["asel@example.kz", "new@example.kz"])
        let (old, new) = try tokens(fixture)
        let order = oldFirst ? [old, new] : [new, old]
        #expect(try await fixture.accounts.changeEmail.confirm(order[0]) == .waitsForOther)
        #expect(try await fixture.accounts.changeEmail.confirm(order[0]) == .waitsForOther)
        #expect(try await fixture.store.person(who.person)?.email.text == "asel@example.kz")
        #expect(try await fixture.accounts.changeEmail.confirm(order[1]) == .changed)
        #expect(try await fixture.store.person(who.person)?.email.text == "new@example.kz")
        #expect(try await fixture.accounts.changeEmail.confirm(order[1]) == .expired)
        let told = try await fixture.takeMails()
        #expect(Set(told.map(\.recipient)) == ["asel@example.kz", "new@example.kz"])
        #expect(Set(told.map(\.message.subject)) == ["emailChanged"])
    }

    @Test("The response does not reveal that an address is taken, and such a change cannot be confirmed")
    func enumeration() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        _ = try await fixture.member("dana@example.kz", username: "dana")
        _ = try await fixture.takeMails()
        #expect(try await request(who, "dana@example.kz", fixture) == .accepted)
        let mails = try await fixture.takeMails()
        #expect(mails.map(\.message.subject).sorted() == ["alreadyRegistered", "emailChangeOld"])
        let old = try #require(
            fixture.log.notices.compactMap { if case .emailChangeOld(let token, _, _, _) = $0 { token } else { nil } }
                .last
        )
        #expect(try await fixture.accounts.changeEmail.confirm(old) == .expired)
        #expect(try await fixture.store.person(who.person)?.email.text == "asel@example.kz")
    }

    @Test func linksRunOutAndCanBeCancelled() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        _ = try await request(who, "new@example.kz", fixture)
        let first = try tokens(fixture)
        fixture.clock.advance(by: 86_400)
        #expect(try await fixture.accounts.changeEmail.confirm(first.old) == .expired)
        _ = try await request(who, "new@example.kz", fixture)
        let second = try tokens(fixture)
        try await fixture.accounts.changeEmail.cancel(of: who)
        #expect(try await fixture.accounts.changeEmail.confirm(second.new) == .expired)
    }

    @Test func thePasswordIsAsked() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        let outcome = try await fixture.accounts.changeEmail.request(
            of: who,
            to: try EmailAddress("new@example.kz"),
            password: "wrong",
            from: AccountFixture.home
        )
        #expect(outcome == .refused(.wrong))
        #expect(try await request(who, "asel@example.kz", fixture) == .same)
    }

    @Test("After the change an older link to the old address cannot set a password")
    func resets() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        _ = try await fixture.accounts.resetPassword.request(login: "asel", from: AccountFixture.home)
        guard case .passwordReset(let reset, _, _)? = fixture.log.notices.last else {
            throw AccountFixture.Unexpected(what: "no reset")
        }
        _ = try await request(who, "new@example.kz", fixture)
        let (old, new) = try tokens(fixture)
        _ = try await fixture.accounts.changeEmail.confirm(old)
        #expect(try await fixture.accounts.resetPassword.pending(reset) != nil)
        _ = try await fixture.accounts.changeEmail.confirm(new)
        #expect(try await fixture.accounts.resetPassword.pending(reset) == nil)
    }
}
