import Civic
import Foundation
import TestSupport
import Testing

@testable import Accounts

@Suite struct SecondFactorTests {
    /// A person with an authenticator app and its recovery codes.
    private struct Guarded {
        let fixture: AccountFixture
        let who: SignedIn
        let session: StartedSession
        let app: TimeBasedCode
        let recovery: [String]

        init(_ fixture: AccountFixture, role: Role = .citizen) async throws {
            self.fixture = fixture
            let (begun, _) = try await fixture.member("asel@example.kz", username: "asel", role: role)
            _ = try await fixture.accounts.setUpSecondFactor.begin(begun, password: nil, from: AccountFixture.home)
            let stored = try #require(try await fixture.store.secondFactor(of: begun.person))
            app = TimeBasedCode(secret: try fixture.accounts.sealer.open(stored.secret, for: .secondFactor))
            let code = app.code(step: TimeBasedCode.step(at: fixture.clock.now))
            let outcome = try await fixture.accounts.setUpSecondFactor.confirm(
                begun,
                code: code,
                from: AccountFixture.home
            )
            guard case .enabled(let codes, let renewed) = outcome else {
                throw AccountFixture.Unexpected(what: "\(outcome)")
            }
            (recovery, session, who) = (codes, renewed, try await fixture.who(renewed))
        }

        var code: String { app.code(step: TimeBasedCode.step(at: fixture.clock.now)) }

        func ticket(from address: RemoteAddress = AccountFixture.home) async throws -> SecretToken {
            let outcome = try await fixture.accounts.signIn.withPassword(
                login: "asel",
                password: AccountFixture.password,
                device: AccountFixture.firefox,
                from: address
            )
            guard case .needsSecondFactor(let ticket) = outcome else {
                throw AccountFixture.Unexpected(what: "\(outcome)")
            }
            return ticket
        }

        func finish(
            _ ticket: SecretToken,
            _ code: String,
            mark: String? = nil,
            from address: RemoteAddress = AccountFixture.home
        ) async throws -> SecondStepOutcome {
            try await fixture.accounts.finishSignIn(
                ticket: ticket,
                code: code,
                deviceMark: mark,
                device: AccountFixture.firefox,
                from: address
            )
        }
    }

    private func isSignedIn(_ outcome: SecondStepOutcome) -> Bool {
        if case .signedIn = outcome { true } else { false }
    }

    @Test func aPasswordAloneLetsNobodyIn() async throws {
        let guarded = try await Guarded(try AccountFixture())
        guarded.fixture.clock.advance(by: 30)
        let ticket = try await guarded.ticket()
        #expect(isSignedIn(try await guarded.finish(ticket, guarded.code)))
        #expect(try await guarded.finish(ticket, guarded.code) == .expired)
    }

    @Test("A session from the password alone is marked as such, and ends once a second factor is active")
    func halfProved() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        let outcome = try await fixture.accounts.signIn.withPassword(
            login: "asel",
            password: AccountFixture.password,
            device: AccountFixture.firefox,
            from: AccountFixture.elsewhere
        )
        guard case .signedIn = outcome else { throw AccountFixture.Unexpected(what: "\(outcome)") }
        let before = try await fixture.store.sessions(of: who.person, at: fixture.clock.now)
        #expect(before.map(\.provedFactor) == [false, false])
        _ = try await setUp(who, fixture)
        let after = try await fixture.store.sessions(of: who.person, at: fixture.clock.now)
        #expect(after.map(\.id) == [who.session] && after.map(\.provedFactor) == [true])
    }

    @Test("A second step that began with an earlier factor cannot be completed with a new one")
    func earlierTicket() async throws {
        let guarded = try await Guarded(try AccountFixture())
        let (fixture, home) = (guarded.fixture, AccountFixture.home)
        fixture.clock.advance(by: 30)
        let ticket = try await guarded.ticket()
        let end = try await fixture.accounts.disableSecondFactor(
            guarded.who,
            password: AccountFixture.password,
            code: guarded.code,
            from: home
        )
        #expect(end == .proved)
        let app = try await setUp(try await fixture.who(guarded.session), fixture)
        fixture.clock.advance(by: 30)
        let code = app.code(step: TimeBasedCode.step(at: fixture.clock.now))
        #expect(try await guarded.finish(ticket, code) == .expired)
    }

    private func setUp(_ who: SignedIn, _ fixture: AccountFixture) async throws -> TimeBasedCode {
        _ = try await fixture.accounts.setUpSecondFactor.begin(
            who,
            password: AccountFixture.password,
            from: AccountFixture.home
        )
        let stored = try #require(try await fixture.store.secondFactor(of: who.person))
        let app = TimeBasedCode(secret: try fixture.accounts.sealer.open(stored.secret, for: .secondFactor))
        let code = app.code(step: TimeBasedCode.step(at: fixture.clock.now))
        let outcome = try await fixture.accounts.setUpSecondFactor.confirm(who, code: code, from: AccountFixture.home)
        guard case .enabled = outcome else { throw AccountFixture.Unexpected(what: "\(outcome)") }
        return app
    }

    @Test("A used code is refused, with another ticket too")
    func replay() async throws {
        let guarded = try await Guarded(try AccountFixture())
        // The code that confirmed the app is used up too.
        #expect(try await guarded.finish(try await guarded.ticket(), guarded.code) == .wrong(triesLeft: 4))
        guarded.fixture.clock.advance(by: 30)
        let code = guarded.code
        #expect(isSignedIn(try await guarded.finish(try await guarded.ticket(), code)))
        #expect(try await guarded.finish(try await guarded.ticket(), code) == .wrong(triesLeft: 4))
    }

    @Test("Of several concurrent sign-ins with one code, one succeeds")
    func replayTogether() async throws {
        let guarded = try await Guarded(try AccountFixture())
        guarded.fixture.clock.advance(by: 30)
        var tickets: [SecretToken] = []
        for _ in 0..<8 { tickets.append(try await guarded.ticket()) }
        let code = guarded.code
        let outcomes = try await withThrowingTaskGroup(of: SecondStepOutcome.self) { group in
            for (index, ticket) in tickets.enumerated() {
                group.addTask {
                    try await guarded.finish(ticket, code, from: RemoteAddress("203.0.113.\(index)"))
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.filter(isSignedIn).count == 1)
    }

    @Test func aTicketBearsFewTriesAndRunsOut() async throws {
        let guarded = try await Guarded(try AccountFixture())
        let ticket = try await guarded.ticket()
        var outcomes: [SecondStepOutcome] = []
        for index in 0..<6 {
            outcomes.append(try await guarded.finish(ticket, "000000", from: RemoteAddress("203.0.113.\(index)")))
        }
        #expect(outcomes == [4, 3, 2, 1].map { .wrong(triesLeft: $0) } + [.expired, .expired])
        let late = try await guarded.ticket()
        guarded.fixture.clock.advance(by: 300)
        #expect(try await guarded.finish(late, guarded.code) == .expired)
        #expect(try await guarded.finish(SecretToken(), guarded.code) == .expired)
    }

    @Test("Codes cannot be guessed from many addresses, and a recovery code still lets the owner in")
    func ceiling() async throws {
        let guarded = try await Guarded(try AccountFixture())
        for index in 0..<FinishSignIn.ceiling {
            let address = RemoteAddress("203.0.\(index / 200).\(index % 200)")
            let ticket = try await guarded.ticket(from: address)
            #expect(try await guarded.finish(ticket, "000000", from: address) == .wrong(triesLeft: 4))
        }
        guarded.fixture.clock.advance(by: 30)
        let address = AccountFixture.elsewhere
        let ticket = try await guarded.ticket(from: address)
        #expect(try await guarded.finish(ticket, guarded.code, from: address) == .wait(seconds: Throttle.longestWait))
        // A browser that the owner has used before is still asked for its code.
        #expect(
            isSignedIn(try await guarded.finish(ticket, guarded.code, mark: guarded.session.deviceMark, from: address))
        )
        let another = try await guarded.ticket(from: address)
        #expect(isSignedIn(try await guarded.finish(another, guarded.recovery[0], from: address)))
    }

    @Test func aRecoveryCodeIsGoodOnceAndToldOf() async throws {
        let guarded = try await Guarded(try AccountFixture())
        _ = try await guarded.fixture.takeMails()
        let code = guarded.recovery[3].lowercased()
        #expect(isSignedIn(try await guarded.finish(try await guarded.ticket(), code)))
        #expect(try await guarded.fixture.takeMails().map(\.message.subject).contains("recoveryCodeUsed"))
        #expect(try await guarded.finish(try await guarded.ticket(), code) == .wrong(triesLeft: 4))
        #expect(try await guarded.fixture.accounts.readProfile(of: guarded.who.person)?.recoveryCodesLeft == 9)
    }

    @Test("New recovery codes require password and code, are notified and recorded, and invalidate the old ones")
    func renewal() async throws {
        let guarded = try await Guarded(try AccountFixture())
        _ = try await guarded.fixture.takeMails()
        guarded.fixture.clock.advance(by: 30)
        func renew(_ password: String, _ code: String) async throws -> RecoveryCodesOutcome {
            try await guarded.fixture.accounts.renewRecoveryCodes(
                guarded.who,
                password: password,
                code: code,
                from: AccountFixture.home
            )
        }
        #expect(try await renew("wrong", guarded.code) == .refused(.wrong))
        #expect(try await renew(AccountFixture.password, "000000") == .refused(.wrongCode))
        #expect(try await guarded.fixture.takeMails().isEmpty)
        guard case .renewed(let codes) = try await renew(AccountFixture.password, guarded.code) else {
            throw AccountFixture.Unexpected(what: "not renewed")
        }
        #expect(codes.count == 10)
        #expect(try await guarded.fixture.takeMails().map(\.message.subject) == ["recoveryCodesRenewed"])
        let last = try await guarded.fixture.store.events(before: nil, of: guarded.who.person, limit: 1).first
        #expect(last?.event.kind == .recoveryCodesRenewed)
        #expect(try await guarded.finish(try await guarded.ticket(), guarded.recovery[5]) == .wrong(triesLeft: 4))
        #expect(isSignedIn(try await guarded.finish(try await guarded.ticket(), codes[0])))
    }

    @Test("The operator removes the factor of a person who lost it; all sessions end")
    func reset() async throws {
        let guarded = try await Guarded(try AccountFixture())
        let (accounts, person) = (guarded.fixture.accounts, guarded.who.person)
        let ticket = try await guarded.ticket()
        _ = try await guarded.fixture.takeMails()
        #expect(try await accounts.disableSecondFactor.fromConsole(of: person))
        #expect(try await accounts.resumeSession(guarded.session.token.text) == nil)
        #expect(try await guarded.finish(ticket, guarded.recovery[0]) == .expired)
        #expect(try await guarded.fixture.takeMails().map(\.message.subject) == ["secondFactorChanged"])
        let event = try await guarded.fixture.store.events(before: nil, of: person, limit: 1).first?.event
        #expect(event?.kind == .secondFactorDisabled && event?.detail == "console" && event?.actor == nil)
        #expect(try await accounts.disableSecondFactor.fromConsole(of: person) == false)
    }

    @Test func givingUpNeedsPasswordAndCode() async throws {
        let guarded = try await Guarded(try AccountFixture())
        let (accounts, who) = (guarded.fixture.accounts, guarded.who)
        #expect(try await accounts.setUpSecondFactor.begin(who, password: nil, from: AccountFixture.home) == .inForce)
        guarded.fixture.clock.advance(by: 30)
        func end(_ password: String, _ code: String) async throws -> ProofOutcome {
            try await accounts.disableSecondFactor(who, password: password, code: code, from: AccountFixture.home)
        }
        #expect(try await end("wrong", guarded.code) == .wrong)
        for _ in 0..<4 { #expect(try await end(AccountFixture.password, "000000") == .wrongCode) }
        #expect(try await end(AccountFixture.password, guarded.code) == .wait(seconds: 2))
        #expect(try await guarded.fixture.store.person(who.person)?.hasSecondFactor == true)
        guarded.fixture.clock.advance(by: 30)
        #expect(try await end(AccountFixture.password, guarded.code) == .proved)
        #expect(try await guarded.fixture.store.person(who.person)?.hasSecondFactor == false)
    }

    @Test("Password and code may be sent together")
    func together() async throws {
        let guarded = try await Guarded(try AccountFixture())
        guarded.fixture.clock.advance(by: 30)
        let outcome = try await guarded.fixture.accounts.signIn.withPassword(
            login: "asel",
            password: AccountFixture.password,
            code: guarded.code,
            device: AccountFixture.firefox,
            from: AccountFixture.home
        )
        guard case .signedIn = outcome else {
            Issue.record("\(outcome)")
            return
        }
    }
}
