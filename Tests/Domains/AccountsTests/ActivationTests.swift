import Civic
import TestSupport
import Testing

@testable import Accounts

@Suite struct ActivationTests {
    private func activate(
        _ token: SecretToken,
        _ fixture: AccountFixture,
        password: String? = AccountFixture.password,
        username: String = "asel"
    ) async throws -> ActivationOutcome {
        try await fixture.accounts.activateAccount.activate(
            token,
            password: password,
            username: username,
            device: AccountFixture.firefox,
            from: AccountFixture.home
        )
    }

    private func isActivated(_ outcome: ActivationOutcome) -> Bool {
        if case .activated = outcome { true } else { false }
    }

    @Test("Mail scanners may open the link as often as they like")
    func looking() async throws {
        let fixture = try AccountFixture()
        let token = try await fixture.registerToken("asel.n@example.kz")
        for _ in 0..<5 {
            let pending = try #require(try await fixture.accounts.activateAccount.pending(token))
            #expect(pending.username?.text == "asel.n")
            #expect(pending.name?.text == "Әсел Нұрланқызы")
            #expect(pending.needsPassword && !pending.needsAgreement)
        }
        #expect(isActivated(try await activate(token, fixture)))
    }

    @Test func aLinkIsGoodOnce() async throws {
        let fixture = try AccountFixture()
        let token = try await fixture.registerToken("asel@example.kz")
        #expect(isActivated(try await activate(token, fixture)))
        #expect(try await activate(token, fixture, username: "other") == .expired)
        #expect(try await fixture.accounts.activateAccount.pending(token) == nil)
    }

    @Test func aLinkRunsOut() async throws {
        let fixture = try AccountFixture()
        let token = try await fixture.registerToken("asel@example.kz")
        fixture.clock.advance(by: 24 * 3_600)
        #expect(try await fixture.accounts.activateAccount.pending(token) == nil)
        #expect(try await activate(token, fixture) == .expired)
        #expect(try await activate(SecretToken(), fixture) == .expired)
    }

    @Test("Of several concurrent activations with one link, one creates an account")
    func together() async throws {
        let fixture = try AccountFixture()
        let token = try await fixture.registerToken("asel@example.kz")
        let outcomes = try await withThrowingTaskGroup(of: ActivationOutcome.self) { group in
            for index in 0..<12 { group.addTask { try await self.activate(token, fixture, username: "asel\(index)") } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.filter(isActivated).count == 1)
        #expect(outcomes.filter { $0 == .expired }.count == 11)
        let people = try await fixture.store.people(matching: "asel", limit: 100)
        #expect(people.count == 1)
    }

    @Test("With two registrations of one address, activating the first ends the other")
    func twoRegistrations() async throws {
        let fixture = try AccountFixture()
        let stranger = try await fixture.registerToken("asel@example.kz", name: "Not Asel")
        let own = try await fixture.registerToken("asel@example.kz")
        #expect(isActivated(try await activate(own, fixture)))
        #expect(try await activate(stranger, fixture, username: "stranger") == .expired)
    }

    @Test func whatWasTypedIsChecked() async throws {
        let fixture = try AccountFixture()
        _ = try await fixture.member("dana@example.kz", username: "dana")
        let token = try await fixture.registerToken("asel@example.kz")
        #expect(try await activate(token, fixture, password: "short") == .password(.tooShort(minimum: 10)))
        #expect(try await activate(token, fixture, password: nil) == .password(.tooShort(minimum: 10)))
        #expect(try await activate(token, fixture, password: "asel@example.kz") == .password(.containsLogin))
        #expect(try await activate(token, fixture, username: "a b") == .username(.character(" ")))
        #expect(
            try await activate(token, fixture, username: "DANA") == .usernameTaken(suggestion: try Username("DANA2"))
        )
        #expect(isActivated(try await activate(token, fixture)))
    }

    @Test func theOwnerIsSignedInAndOnRecord() async throws {
        let fixture = try AccountFixture()
        let (who, session) = try await fixture.member("asel@example.kz", username: "asel")
        #expect(who.person == session.person)
        #expect(who.role == .citizen && who.permissions.isEmpty)
        let consents = try await fixture.store.consents(of: who.person)
        #expect(consents.map(\.version) == [fixture.accounts.settings.agreement])
        let events = try await fixture.store.events(before: nil, of: who.person, limit: 10)
        #expect(events.map(\.event.kind) == [.signedIn, .accountCreated])
        #expect(events.allSatisfy { $0.event.actor == who.person && $0.event.subject == who.person })
    }
}
