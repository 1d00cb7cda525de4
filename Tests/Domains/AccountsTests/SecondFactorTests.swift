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
