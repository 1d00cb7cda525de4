import Civic
import Foundation
import TestSupport
import Testing

@testable import Accounts

@Suite struct SessionsTests {
    private func another(_ fixture: AccountFixture) async throws -> StartedSession {
        let outcome = try await fixture.accounts.signIn.withPassword(
            login: "asel",
            password: AccountFixture.password,
            device: Device(userAgent: "Chrome/1 Android"),
            from: AccountFixture.home
        )
        guard case .signedIn(let session) = outcome else { throw AccountFixture.Unexpected(what: "\(outcome)") }
        return session
    }

    @Test func theListTellsDeviceAndTime() async throws {
        let fixture = try AccountFixture()
        let (who, first) = try await fixture.member("asel@example.kz", username: "asel")
        fixture.clock.advance(by: 60)
        let second = try await another(fixture)
        let sessions = try await fixture.accounts.manageSessions.list(of: who.person)
        #expect(sessions.map(\.id) == [second.id, first.id])
        #expect(sessions.map(\.device.text) == ["Chrome, Android", "Firefox, Windows"])
        #expect(sessions[0].started == fixture.clock.now)
    }

    @Test("A session is ahead of the clock when any of its times is", arguments: 0...4)
    func aheadOfTheClock(place: Int) {
        let now = Date(timeIntervalSince1970: 1_700_000_000)
        func time(_ index: Int) -> Date { index == place ? now + 1 : now }
        let session = SignInSession(
            id: SessionID(rawValue: 1),
            device: Device(userAgent: "Chrome/1 Android"),
            started: time(0),
            lastUsed: time(1),
            expires: time(2),
            proved: time(3),
            provedFactor: false
        )
        #expect(session.isAhead(of: now, expires: now) == (place < 4))
    }

    @Test func oneOrAllOthersCanBeEnded() async throws {
        let fixture = try AccountFixture()
        let (who, first) = try await fixture.member("asel@example.kz", username: "asel")
        let (second, third) = (try await another(fixture), try await another(fixture))
        #expect(try await fixture.accounts.manageSessions.end(second.id, of: who))
        #expect(try await !fixture.accounts.manageSessions.end(second.id, of: who))
        #expect(try await fixture.accounts.resumeSession(second.token.text) == nil)
        #expect(try await fixture.accounts.manageSessions.endOthers(of: who) == 1)
        #expect(try await fixture.accounts.resumeSession(third.token.text) == nil)
        #expect(try await fixture.accounts.resumeSession(first.token.text) != nil)
        try await fixture.accounts.manageSessions.signOut(who)
        #expect(try await fixture.accounts.resumeSession(first.token.text) == nil)
    }

    @Test("Nobody can end another person's session")
    func others() async throws {
        let fixture = try AccountFixture()
        let (_, own) = try await fixture.member("asel@example.kz", username: "asel")
        let (stranger, _) = try await fixture.member("dana@example.kz", username: "dana")
        #expect(try await !fixture.accounts.manageSessions.end(own.id, of: stranger))
        #expect(try await fixture.accounts.resumeSession(own.token.text) != nil)
    }

    @Test("A session lasts while it is used, up to its maximum lifetime")
    func lifetime() async throws {
        let fixture = try AccountFixture()
        let (_, session) = try await fixture.member("asel@example.kz", username: "asel")
        for _ in 0..<8 {
            fixture.clock.advance(by: 10 * 86_400)
            #expect(try await fixture.accounts.resumeSession(session.token.text) != nil)
        }
        fixture.clock.advance(by: 10 * 86_400)
        #expect(try await fixture.accounts.resumeSession(session.token.text) == nil)
        let later = try await another(fixture)
        fixture.clock.advance(by: 14 * 86_400)
        #expect(try await fixture.accounts.resumeSession(later.token.text) == nil)
    }

    @Test("Reading a session writes only every few minutes")
    func touch() async throws {
        let fixture = try AccountFixture()
        let (who, session) = try await fixture.member("asel@example.kz", username: "asel")
        fixture.clock.advance(by: 299)
        _ = try await fixture.accounts.resumeSession(session.token.text)
        #expect(try await fixture.accounts.manageSessions.list(of: who.person)[0].lastUsed < fixture.clock.now)
        fixture.clock.advance(by: 1)
        _ = try await fixture.accounts.resumeSession(session.token.text)
        #expect(try await fixture.accounts.manageSessions.list(of: who.person)[0].lastUsed == fixture.clock.now)
    }

    @Test(
        "A malformed token belongs to no session",
        arguments: ["", "x", "' OR 1=1 --", String(repeating: "A", count: 43)]
    )
    func nonsense(text: String) async throws {
        #expect(try await AccountFixture().accounts.resumeSession(text) == nil)
    }

    @Test func renewal() async throws {
        let fixture = try AccountFixture()
        let (who, session) = try await fixture.member("asel@example.kz", username: "asel")
        let renewed = try #require(try await fixture.accounts.manageSessions.renew(who))
        #expect(renewed.id == session.id && renewed.token != session.token)
        #expect(try await fixture.accounts.resumeSession(session.token.text) == nil)
        let after = try await fixture.who(renewed)
        #expect(after.formSeed != who.formSeed)
        try await fixture.accounts.manageSessions.signOut(after)
        #expect(try await fixture.accounts.manageSessions.renew(after) == nil)
    }
}
