import Civic
import Foundation
import TestSupport
import Testing

@testable import Accounts

/// From the first secret to the code that activates it.
@Suite struct SecondFactorSetUpTests {
    @Test("Sessions and steps from the password alone end when a second factor becomes active")
    func sessionsByPassword() async throws {
        let fixture = try AccountFixture { $0.staffNeedsSecondFactor = true }
        let (who, session) = try await fixture.member("o@example.kz", username: "oper", role: .operator)
        // A thief knows the password.
        let outcome = try await fixture.accounts.signIn.withPassword(
            login: "oper",
            password: AccountFixture.password,
            device: AccountFixture.firefox,
            from: AccountFixture.elsewhere
        )
        guard case .signedIn(let thief) = outcome else { throw AccountFixture.Unexpected(what: "\(outcome)") }
        let app = try await pending(who, fixture)
        let confirmed = try await fixture.accounts.setUpSecondFactor.confirm(
            who,
            code: app.code(step: TimeBasedCode.step(at: fixture.clock.now)),
            from: AccountFixture.home
        )
        guard case .enabled(_, let renewed) = confirmed else { throw AccountFixture.Unexpected(what: "\(confirmed)") }
        #expect(try await fixture.accounts.resumeSession(thief.token.text) == nil)
        #expect(try await fixture.accounts.resumeSession(session.token.text) == nil)
        #expect(try await fixture.who(renewed).permissions == AccountFixture.grants.permissions(of: .operator))
        // A session that begins at the same moment is not accepted either.
        let token = SecretToken()
        let late = NewSession(
            tokenHash: token.hash,
            device: AccountFixture.firefox,
            started: fixture.clock.now,
            expires: fixture.clock.now + 100
        )
        _ = try await fixture.store.begin(late, of: who.person, with: SideEffects(at: fixture.clock.now))
        #expect(try await fixture.accounts.resumeSession(token.text) == nil)
    }

    private func pending(_ who: SignedIn, _ fixture: AccountFixture) async throws -> TimeBasedCode {
        _ = try await fixture.accounts.setUpSecondFactor.begin(who, password: nil, from: AccountFixture.home)
        let stored = try #require(try await fixture.store.secondFactor(of: who.person))
        return TimeBasedCode(secret: try fixture.accounts.sealer.open(stored.secret, for: .secondFactor))
    }

    @Test("A secret from a set-up that somebody else began never becomes active")
    func anothersSecret() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        let outcome = try await fixture.accounts.signIn.withPassword(
            login: "asel",
            password: AccountFixture.password,
            device: AccountFixture.firefox,
            from: AccountFixture.elsewhere
        )
        guard case .signedIn(let session) = outcome else { throw AccountFixture.Unexpected(what: "\(outcome)") }
        let thief = try await fixture.who(session)
        let theirs = try await pending(thief, fixture)
        // The owner, who begins afterwards, does not see it.
        #expect(try await fixture.accounts.setUpSecondFactor.pending(who) == nil)
        let own = try await pending(who, fixture)
        #expect(own.secret != theirs.secret)
        // If the thief begins again after the owner, the owner's code does not activate the thief's secret.
        let last = try await pending(thief, fixture)
        let step = TimeBasedCode.step(at: fixture.clock.now)
        for app in [own, last, theirs] {
            let outcome = try await fixture.accounts.setUpSecondFactor.confirm(
                who,
                code: app.code(step: step),
                from: AccountFixture.home
            )
            #expect(outcome == .wrong)
        }
    }

    @Test("A pending set-up expires, and is removed when the password changes")
    func waiting() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        let app = try await pending(who, fixture)
        fixture.clock.advance(by: 1_800)
        #expect(try await fixture.accounts.setUpSecondFactor.pending(who) == nil)
        let code = app.code(step: TimeBasedCode.step(at: fixture.clock.now))
        #expect(
            try await fixture.accounts.setUpSecondFactor.confirm(who, code: code, from: AccountFixture.home) == .wrong
        )
        try await fixture.accounts.sweepAccounts()
        #expect(try await fixture.store.secondFactor(of: who.person) == nil)
        _ = try await fixture.accounts.setUpSecondFactor.begin(
            who,
            password: AccountFixture.password,
            from: AccountFixture.home
        )
        #expect(try await fixture.accounts.setUpSecondFactor.pending(who) != nil)
        _ = try await fixture.accounts.changePassword(
            of: who,
            current: AccountFixture.password,
            to: "жаңа құпиясөз тауда",
            device: AccountFixture.firefox,
            from: AccountFixture.home
        )
        #expect(try await fixture.store.secondFactor(of: who.person) == nil)
    }

    @Test("Setting up requires a recent sign-in or the password")
    func settingUpNeedsProof() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        fixture.clock.advance(by: 901)
        func begin(_ password: String?) async throws -> SecondFactorStart {
            try await fixture.accounts.setUpSecondFactor.begin(who, password: password, from: AccountFixture.home)
        }
        #expect(try await begin(nil) == .refused(.needsFreshSignIn))
        #expect(try await begin("") == .refused(.needsFreshSignIn))
        #expect(try await begin("wrong") == .refused(.wrong))
        guard case .begun = try await begin(AccountFixture.password) else {
            throw AccountFixture.Unexpected(what: "not begun")
        }
        // The proof is valid for a while.
        #expect(try await fixture.accounts.proveOwnership.isFresh(who))
        fixture.clock.advance(by: 901)
        #expect(try await !fixture.accounts.proveOwnership.isFresh(who))
    }

    @Test func settingUp() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        let accounts = fixture.accounts
        #expect(try await accounts.setUpSecondFactor.confirm(who, code: "000000", from: AccountFixture.home) == .wrong)
        func begin() async throws -> SecondFactorSetUp {
            let start = try await accounts.setUpSecondFactor.begin(who, password: nil, from: AccountFixture.home)
            guard case .begun(let setUp) = start else { throw AccountFixture.Unexpected(what: "\(start)") }
            return setUp
        }
        let earlier = try await begin()
        let first = try await begin()
        #expect(first != earlier)
        #expect(try await accounts.setUpSecondFactor.pending(who) == first)
        #expect(first.address.hasPrefix("otpauth://totp/Open%20Almaty:asel?secret=\(first.secret)&"))
        #expect(try await accounts.setUpSecondFactor.confirm(who, code: "", from: AccountFixture.home) == .wrong)
        // It is not active before its first code.
        #expect(try await fixture.store.person(who.person)?.hasSecondFactor == false)
    }

    @Test("Where the operator requires it, staff without a second factor have only a citizen's rights")
    func demanded() async throws {
        let fixture = try AccountFixture { $0.staffNeedsSecondFactor = true }
        let (citizen, _) = try await fixture.member("c@example.kz", username: "citizen1")
        #expect(!citizen.mustSetUpSecondFactor)
        let (who, _) = try await fixture.member("o@example.kz", username: "oper", role: .operator)
        #expect(who.mustSetUpSecondFactor)
        #expect(who.permissions.isEmpty)
        #expect(throws: CivicError.forbidden(.consult)) { try who.require(.consult) }
        let app = try await pending(who, fixture)
        let code = app.code(step: TimeBasedCode.step(at: fixture.clock.now))
        let outcome = try await fixture.accounts.setUpSecondFactor.confirm(who, code: code, from: AccountFixture.home)
        guard case .enabled(_, let renewed) = outcome else { throw AccountFixture.Unexpected(what: "\(outcome)") }
        #expect(try await fixture.who(renewed).permissions == AccountFixture.grants.permissions(of: .operator))
    }
}
