import Civic
import TestSupport
import Testing

@testable import Accounts

@Suite struct PasswordsTests {
    private let fresh = "жаңа құпиясөз тауда"

    private func resetToken(_ login: String, _ fixture: AccountFixture) async throws -> SecretToken {
        let outcome = try await fixture.accounts.resetPassword.request(login: login, from: AccountFixture.home)
        guard outcome == .accepted, case .passwordReset(let token, _, _)? = fixture.log.notices.last else {
            throw AccountFixture.Unexpected(what: "\(outcome)")
        }
        return token
    }

    private func reset(
        _ token: SecretToken,
        _ fixture: AccountFixture,
        _ password: String
    ) async throws -> PasswordOutcome {
        try await fixture.accounts.resetPassword.reset(
            token,
            password: password,
            device: AccountFixture.firefox,
            from: AccountFixture.home
        )
    }

    @Test("The response is the same for every login")
    func enumeration() async throws {
        let fixture = try AccountFixture()
        _ = try await fixture.member("asel@example.kz", username: "asel")
        _ = try await fixture.takeMails()
        for login in ["asel", "asel@example.kz", "nobody", "nobody@example.kz", "", "@@@", "a\nb"] {
            let outcome = try await fixture.accounts.resetPassword.request(login: login, from: AccountFixture.home)
            #expect(outcome == .accepted, "\(login)")
        }
        // Two requests within a minute cause one mail.
        #expect(try await fixture.takeMails().map(\.recipient) == ["asel@example.kz"])
    }

    @Test func aLinkSetsAPasswordOnceAndEndsSessions() async throws {
        let fixture = try AccountFixture()
        let (who, session) = try await fixture.member("asel@example.kz", username: "asel")
        let (first, second) = (try await resetToken("asel", fixture), try await resetToken("asel", fixture))
        #expect(try await fixture.accounts.resetPassword.pending(first)?.id == who.person)
        _ = try await fixture.takeMails()
        #expect(try await reset(first, fixture, "short") == .password(.tooShort(minimum: 10)))
        #expect(try await reset(first, fixture, fresh) == .changed(nil))
        #expect(try await reset(first, fixture, fresh) == .expired)
        #expect(try await reset(second, fixture, fresh) == .expired)
        #expect(try await fixture.accounts.resumeSession(session.token.text) == nil)
        #expect(try await fixture.takeMails().map(\.message.subject) == ["passwordChanged"])
        let hash = try await fixture.store.credentials(of: who.person)?.passwordHash
        #expect(try await fixture.accounts.hasher.verify(fresh, against: hash))
    }

    @Test func aLinkRunsOutInAnHour() async throws {
        let fixture = try AccountFixture()
        _ = try await fixture.member("asel@example.kz", username: "asel")
        let token = try await resetToken("asel", fixture)
        fixture.clock.advance(by: 3_600)
        #expect(try await fixture.accounts.resetPassword.pending(token) == nil)
        #expect(try await reset(token, fixture, fresh) == .expired)
    }

    @Test("Mails that others cause never use up an address's password resets")
    func quotas() async throws {
        let fixture = try AccountFixture()
        _ = try await fixture.member("asel@example.kz", username: "asel")
        let email = try EmailAddress("asel@example.kz")
        for index in 0..<40 {
            let address = RemoteAddress("203.0.113.\(index)")
            _ = try await fixture.accounts.mailHumanCode.request(login: email.text, language: .kk, from: address)
            _ = try await fixture.accounts.registerAccount(
                name: try PersonName("Стороний"),
                email: email,
                language: .ru,
                agreement: fixture.accounts.settings.agreement,
                from: address
            )
            fixture.clock.advance(by: 61)
        }
        let subjects = try await fixture.takeMails().map(\.message.subject)
        let limits = fixture.accounts.settings.limits
        #expect(subjects.filter { $0 == "humanCode" }.count == limits.codesPerRecipient.count)
        #expect(subjects.filter { $0 == "alreadyRegistered" }.count == limits.mailsPerRecipient.count)
        _ = try await resetToken("asel", fixture)
        #expect(try await fixture.takeMails().map(\.message.subject) == ["passwordReset"])
    }

    @Test("A token of one kind is not accepted as another")
    func purposes() async throws {
        let fixture = try AccountFixture()
        _ = try await fixture.member("asel@example.kz", username: "asel")
        let activation = try await fixture.registerToken("dana@example.kz")
        #expect(try await reset(activation, fixture, fresh) == .expired)
        let token = try await resetToken("asel", fixture)
        #expect(try await fixture.accounts.activateAccount.pending(token) == nil)
        #expect(try await fixture.accounts.changeEmail.pending(token) == nil)
        #expect(try await fixture.accounts.resumeSession(token.text) == nil)
    }

    @Test("Of several concurrent uses of one link, one sets a password")
    func together() async throws {
        let fixture = try AccountFixture()
        _ = try await fixture.member("asel@example.kz", username: "asel")
        let token = try await resetToken("asel", fixture)
        let outcomes = try await withThrowingTaskGroup(of: PasswordOutcome.self) { group in
            for index in 0..<8 { group.addTask { try await self.reset(token, fixture, "\(self.fresh) \(index)") } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.filter { $0 == .changed(nil) }.count == 1)
    }

    @Test func fromTheAccountPage() async throws {
        let fixture = try AccountFixture()
        let (who, session) = try await fixture.member("asel@example.kz", username: "asel")
        guard
            case .signedIn(let other) = try await fixture.accounts.signIn.withPassword(
                login: "asel",
                password: AccountFixture.password,
                device: AccountFixture.firefox,
                from: AccountFixture.home
            )
        else { throw AccountFixture.Unexpected(what: "no second session") }
        func change(_ current: String?, _ new: String) async throws -> PasswordOutcome {
            try await fixture.accounts.changePassword(
                of: who,
                current: current,
                to: new,
                device: AccountFixture.firefox,
                from: AccountFixture.home
            )
        }
        #expect(try await change("wrong", fresh) == .wrong)
        #expect(try await change(nil, fresh) == .wrong)
        #expect(try await change(AccountFixture.password, "aaaaaaaaaaaa") == .password(.repetitive))
        guard case .changed(let renewed?) = try await change(AccountFixture.password, fresh) else {
            throw AccountFixture.Unexpected(what: "not changed")
        }
        #expect(try await fixture.accounts.resumeSession(other.token.text) == nil)
        #expect(try await fixture.accounts.resumeSession(session.token.text) == nil)
        #expect(try await fixture.who(renewed).session == who.session)
    }

    @Test("Guessing the present password in an open session is delayed too")
    func guessing() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        var outcomes: [ProofOutcome] = []
        for _ in 0..<6 {
            outcomes.append(
                try await fixture.accounts.proveOwnership.prove(who, password: "wrong", from: AccountFixture.home)
            )
        }
        #expect(outcomes == [.wrong, .wrong, .wrong, .wrong, .wait(seconds: 2), .wait(seconds: 2)])
    }
}
