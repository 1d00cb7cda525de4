import Civic
import Foundation
import Mail
import TestSupport
import Testing

@testable import Accounts

/// Behaviour after the clock was days ahead and has been set back: nobody waits for it to catch up, and nothing that was
/// created meanwhile lasts longer than it should.
@Suite struct ClockTests {
    private static let ahead = 13.0 * 86_400

    private func signIn(
        _ fixture: AccountFixture,
        _ password: String = AccountFixture.password
    ) async throws
        -> SignInOutcome
    {
        try await fixture.accounts.signIn.withPassword(
            login: "asel",
            password: password,
            device: AccountFixture.firefox,
            from: AccountFixture.home
        )
    }

    @Test("After the clock is set back, the right password waits no longer than its failures require")
    func throttle() async throws {
        let fixture = try AccountFixture()
        _ = try await fixture.member("asel@example.kz", username: "asel")
        fixture.clock.advance(by: Self.ahead)
        for _ in 0..<4 { #expect(try await signIn(fixture, "not it at all") == .wrong) }
        fixture.clock.advance(by: -Self.ahead)
        #expect(try await signIn(fixture) == .wait(seconds: 2))
        // The wait does not start again with each attempt.
        fixture.clock.advance(by: 1)
        #expect(try await signIn(fixture) == .wait(seconds: 1))
        fixture.clock.advance(by: 1)
        guard case .signedIn = try await signIn(fixture) else { throw AccountFixture.Unexpected(what: "held") }
    }

    @Test func limitsBeginAnewAfterTheirSpan() async throws {
        let fixture = try AccountFixture()
        func ask() async throws -> RequestOutcome {
            try await fixture.accounts.resetPassword.request(login: "nobody", from: AccountFixture.home)
        }
        fixture.clock.advance(by: Self.ahead)
        for _ in 0..<20 { #expect(try await ask() == .accepted) }
        #expect(try await ask() == .wait(seconds: 3_600))
        fixture.clock.advance(by: -Self.ahead)
        #expect(try await ask() == .wait(seconds: 3_600))
        fixture.clock.advance(by: 3_599)
        #expect(try await ask() == .wait(seconds: 1))
        fixture.clock.advance(by: 1)
        #expect(try await ask() == .accepted)
    }

    @Test func aSessionIsUsedAndEndsAsAnyOther() async throws {
        let fixture = try AccountFixture()
        fixture.clock.advance(by: Self.ahead)
        let (_, session) = try await fixture.member("asel@example.kz", username: "asel")
        fixture.clock.advance(by: -Self.ahead)
        let who = try await fixture.who(session)
        let kept = try #require(try await fixture.accounts.manageSessions.list(of: who.person).first)
        #expect(kept.started == fixture.clock.now && kept.proved == fixture.clock.now)
        #expect(kept.expires == fixture.clock.now + 14 * 86_400)
        #expect(who.expires == kept.expires)
        // The sign-in counts as recent for 15 minutes by the corrected clock, not until the clock has caught up.
        #expect(try await fixture.accounts.proveOwnership.isFresh(who))
        fixture.clock.advance(by: 15 * 60 + 1)
        #expect(try await !fixture.accounts.proveOwnership.isFresh(who))
        fixture.clock.advance(by: 14 * 86_400 - 15 * 60 - 1)
        #expect(try await fixture.accounts.resumeSession(session.token.text) == nil)
    }

    @Test("The sweep shortens expiry times that are too far in the future")
    func sweep() async throws {
        let fixture = try AccountFixture()
        let accounts = fixture.accounts
        fixture.clock.advance(by: Self.ahead)
        let (who, session) = try await fixture.member("asel@example.kz", username: "asel")
        let activation = try await fixture.registerToken("dana@example.kz")
        _ = try await accounts.resetPassword.request(login: "asel", from: AccountFixture.home)
        guard case .passwordReset(let reset, _, _)? = fixture.log.notices.last else {
            throw AccountFixture.Unexpected(what: "no reset")
        }
        _ = try await accounts.changeEmail.request(
            of: who,
            to: try EmailAddress("new@example.kz"),
            password: AccountFixture.password,
            from: AccountFixture.home
        )
        fixture.clock.advance(by: -Self.ahead)
        try await accounts.sweepAccounts()
        #expect(try await accounts.resetPassword.pending(reset) != nil)
        #expect(try await accounts.activateAccount.pending(activation) != nil)
        fixture.clock.advance(by: 3_600)
        #expect(try await accounts.resetPassword.pending(reset) == nil)
        fixture.clock.advance(by: 23 * 3_600)
        #expect(try await accounts.readProfile(of: who.person)?.pendingEmail == nil)
        // Registrations last at most as long as invitations, which are in the same table.
        fixture.clock.advance(by: 6 * 86_400)
        #expect(try await accounts.activateAccount.pending(activation) == nil)
        fixture.clock.advance(by: 7 * 86_400)
        #expect(try await accounts.resumeSession(session.token.text) == nil)
    }

    @Test func aMailIsSentThatWaitsBeyondTheLongestWait() async throws {
        let fixture = try AccountFixture()
        fixture.clock.advance(by: Self.ahead)
        _ = try await fixture.registerToken("asel@example.kz")
        fixture.clock.advance(by: -Self.ahead)
        #expect(try await fixture.takeMails().isEmpty)
        try await fixture.outbox.bringBack(to: fixture.clock.now, latest: fixture.clock.now + 8_640)
        #expect(try await fixture.takeMails().map(\.recipient) == ["asel@example.kz"])
    }

    @Test("A code used while the clock was ahead does not lock its owner out, and no code works twice")
    func secondFactor() async throws {
        let app = TimeBasedCode()
        let now = Date(timeIntervalSince1970: 1_795_600_000)
        let step = TimeBasedCode.step(at: now)
        let future = step + 37_440
        #expect(app.step(of: app.code(step: step), at: now, after: future) == step)
        #expect(app.step(of: app.code(step: step), at: now, after: step) == nil)
        #expect(app.step(of: app.code(step: step), at: now, after: step + TimeBasedCode.drift) == nil)
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        _ = try await fixture.accounts.setUpSecondFactor.begin(who, password: nil, from: AccountFixture.home)
        let stored = try #require(try await fixture.store.secondFactor(of: who.person))
        let own = TimeBasedCode(secret: try fixture.accounts.sealer.open(stored.secret, for: .secondFactor))
        func code() -> String { own.code(step: TimeBasedCode.step(at: fixture.clock.now)) }
        fixture.clock.advance(by: 1_500)
        _ = try await fixture.accounts.setUpSecondFactor.confirm(who, code: code(), from: AccountFixture.home)
        fixture.clock.advance(by: -1_500)
        #expect(try await fixture.accounts.codes.use(code(), of: who.person) != nil)
        #expect(try await fixture.accounts.codes.use(code(), of: who.person) == nil)
    }
}
