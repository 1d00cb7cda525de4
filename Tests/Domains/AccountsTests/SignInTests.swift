import Civic
import TestSupport
import Testing

@testable import Accounts

@Suite struct SignInTests {
    private func signIn(
        _ login: String,
        _ password: String,
        _ fixture: AccountFixture,
        from address: RemoteAddress = AccountFixture.home,
        mark: String? = nil
    ) async throws -> SignInOutcome {
        try await fixture.accounts.signIn.withPassword(
            login: login,
            password: password,
            deviceMark: mark,
            device: AccountFixture.firefox,
            from: address
        )
    }

    private func session(_ outcome: SignInOutcome) throws -> StartedSession {
        guard case .signedIn(let session) = outcome else { throw AccountFixture.Unexpected(what: "\(outcome)") }
        return session
    }

    @Test func byAddressAndByUserName() async throws {
        let fixture = try AccountFixture()
        let (who, first) = try await fixture.member("asel@example.kz", username: "Asel.N")
        for login in ["asel@example.kz", "ASEL@Example.KZ", " asel.n ", "Asel.N"] {
            let session = try session(try await signIn(login, AccountFixture.password, fixture))
            #expect(session.person == who.person)
            #expect(session.token != first.token)
            #expect(session.id != first.id)
        }
    }

    @Test(
        "Other spellings of a login give no additional attempts",
        arguments: [
            ["asel", "ASEL", " asel ", "Asel"],
            ["asel@example.kz", "ASEL@example.kz", " asel@EXAMPLE.kz", "Asel@Example.Kz"],
        ]
    )
    func spellings(logins: [String]) async throws {
        let fixture = try AccountFixture()
        _ = try await fixture.member("asel@example.kz", username: "asel")
        for login in logins { #expect(try await signIn(login, "not it at all", fixture) == .wrong, "\(login)") }
        for login in logins {
            guard case .wait = try await signIn(login, "not it at all", fixture) else {
                throw AccountFixture.Unexpected(what: "\(login) has tries left")
            }
        }
    }

    @Test("Signing in to one's own account neither clears the failures of an address nor counts as one")
    func ownSuccess() async throws {
        let fixture = try AccountFixture()
        _ = try await fixture.member("own@example.kz", username: "own")
        for number in 1...Throttle.freeTriesOfAddress + 1 {
            #expect(try await signIn("nobody\(number)", "not it at all", fixture) == .wrong, "\(number)")
            if number.isMultiple(of: 6) { _ = try session(try await signIn("own", AccountFixture.password, fixture)) }
        }
        guard case .wait = try await signIn("another", "not it at all", fixture) else {
            throw AccountFixture.Unexpected(what: "the address goes on")
        }
    }

    @Test("Signing in changes the session token, so a session cannot be fixed in advance")
    func fixation() async throws {
        let fixture = try AccountFixture()
        let (_, before) = try await fixture.member("asel@example.kz", username: "asel")
        let after = try session(try await signIn("asel", AccountFixture.password, fixture))
        #expect(before.token.text != after.token.text)
        #expect(try await fixture.accounts.resumeSession(SecretToken().text) == nil)
    }

    @Test("Unknown logins are answered, counted and delayed like known ones")
    func enumeration() async throws {
        let fixture = try AccountFixture()
        _ = try await fixture.member("asel@example.kz", username: "asel")
        let logins = ["asel@example.kz", "nobody@example.kz", "nobody", "no such login at all @", "", "'; --"]
        for login in logins {
            let address = RemoteAddress("203.0.113.\(logins.firstIndex(of: login) ?? 0)")
            var outcomes: [SignInOutcome] = []
            for _ in 0..<6 { outcomes.append(try await signIn(login, "wrong password", fixture, from: address)) }
            #expect(outcomes == [.wrong, .wrong, .wrong, .wrong, .wait(seconds: 2), .wait(seconds: 2)], "\(login)")
        }
    }

    @Test("The wait grows, attempts during it do not lengthen it, and it ends")
    func growth() async throws {
        let fixture = try AccountFixture()
        _ = try await fixture.member("asel@example.kz", username: "asel")
        var waits: [Int] = []
        for _ in 0..<14 {
            let outcome = try await signIn("asel", "wrong password", fixture)
            if case .wait(let seconds) = outcome {
                waits.append(seconds)
                #expect(try await signIn("asel", "wrong password", fixture) == .wait(seconds: seconds))
                // Right or wrong, the password is not checked.
                #expect(try await signIn("asel", AccountFixture.password, fixture) == .wait(seconds: seconds))
                fixture.clock.advance(by: Double(seconds))
                #expect(try await signIn("asel", "wrong password", fixture) == .wrong)
            }
        }
        #expect(waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 900])
        fixture.clock.advance(by: 900)
        _ = try session(try await signIn("asel", AccountFixture.password, fixture))
        #expect(try await signIn("asel", "wrong password", fixture) == .wrong)
    }

    @Test("However much someone guesses elsewhere, the owner gets in at once")
    func noLockOut() async throws {
        let fixture = try AccountFixture()
        _ = try await fixture.member("asel@example.kz", username: "asel")
        for index in 0..<200 {
            let address = RemoteAddress("203.0.\(index / 250).\(index % 250)")
            #expect(try await signIn("asel", "wrong password", fixture, from: address) == .wrong)
        }
        // Guessers have no free attempts left: each has to wait after one failure.
        #expect(try await signIn("asel", "x", fixture, from: RemoteAddress("203.0.0.7")) == .wait(seconds: 2))
        _ = try session(try await signIn("asel", AccountFixture.password, fixture, from: AccountFixture.elsewhere))
    }

    @Test("One address that tries many logins is slowed down, for minutes at most")
    func spraying() async throws {
        let fixture = try AccountFixture()
        var waits: [Int] = []
        for index in 0..<60 {
            if case .wait(let seconds) = try await signIn("p\(index)@example.kz", "password12", fixture) {
                waits.append(seconds)
                fixture.clock.advance(by: Double(seconds))
            }
        }
        #expect(waits.max() == 60)
        #expect(waits.count >= 8)
    }

    @Test("An address recovers within hours, even after failing continuously for a day")
    func cooling() async throws {
        let fixture = try AccountFixture()
        for index in 0..<60 {
            if case .wait(let seconds) = try await signIn("p\(index)@example.kz", "password12", fixture) {
                fixture.clock.advance(by: Double(seconds))
            }
        }
        #expect(try await signIn("other@example.kz", "password12", fixture) == .wrong)
        #expect(try await signIn("another@example.kz", "password12", fixture) == .wait(seconds: 60))
        fixture.clock.advance(by: 2 * 3_600)
        for index in 0..<5 { #expect(try await signIn("q\(index)@example.kz", "password12", fixture) == .wrong) }
    }

    @Test("Neighbours behind one address never delay the owner's own browser, and guesses made in it are delayed")
    func knownBrowser() async throws {
        let fixture = try AccountFixture()
        let (_, session) = try await fixture.member("asel@example.kz", username: "asel")
        for index in 0..<60 { _ = try await signIn("p\(index)@example.kz", "password12", fixture) }
        for _ in 0..<5 { _ = try await signIn("asel", "wrong password", fixture) }
        guard case .wait = try await signIn("asel", AccountFixture.password, fixture) else {
            throw AccountFixture.Unexpected(what: "the address is not held")
        }
        _ = try self.session(try await signIn("asel", AccountFixture.password, fixture, mark: session.deviceMark))
        var outcomes: [SignInOutcome] = []
        for index in 0..<5 {
            let address = RemoteAddress("203.0.113.\(index)")
            outcomes.append(try await signIn("asel", "wrong", fixture, from: address, mark: session.deviceMark))
        }
        #expect(outcomes == [.wrong, .wrong, .wrong, .wrong, .wait(seconds: 2)])
    }

    @Test("Many networks of one IPv6 site are slowed down together, but not the next site or a known browser")
    func site() async throws {
        let fixture = try AccountFixture()
        let (_, session) = try await fixture.member("asel@example.kz", username: "asel")
        func address(_ network: Int) -> RemoteAddress {
            RemoteAddress("2001:db8:7:\(String(network, radix: 16))::1")
        }
        for network in 0...Throttle.freeTriesOfSite {
            #expect(try await signIn("p\(network)@example.kz", "x", fixture, from: address(network)) == .wrong)
        }
        #expect(try await signIn("asel", "x", fixture, from: address(0xFFFF)) == .wait(seconds: 2))
        #expect(try await signIn("asel", "x", fixture, from: RemoteAddress("2001:db8:8::1")) == .wrong)
        let own = try await signIn(
            "asel",
            AccountFixture.password,
            fixture,
            from: address(0xFFFF),
            mark: session.deviceMark
        )
        _ = try self.session(own)
    }

    @Test("Request limits also apply to a whole /48 site")
    func quotaOfSite() async throws {
        let fixture = try AccountFixture()
        let limit = fixture.accounts.settings.limits.requestsPerAddress.count * QuotaCounter.siteFactor
        func ask(_ address: String) async throws -> RequestOutcome {
            try await fixture.accounts.resetPassword.request(login: "nobody", from: RemoteAddress(address))
        }
        for network in 1...limit { #expect(try await ask("2001:db8:7:\(network)::1") == .accepted) }
        guard case .wait = try await ask("2001:db8:7:abcd::1") else {
            throw AccountFixture.Unexpected(what: "the site goes on")
        }
        #expect(try await ask("2001:db8:8::1") == .accepted)
        #expect(try await ask("192.0.2.1") == .accepted)
    }

    @Test("A flood makes the captcha harder for a while; failures in known browsers do not")
    func captchaWork() async throws {
        let fixture = try AccountFixture()
        let (_, session) = try await fixture.member("asel@example.kz", username: "asel")
        #expect(try await fixture.accounts.captchaUsage.work() == 1)
        for index in 0..<4 {
            let address = RemoteAddress("198.51.100.\(index)")
            _ = try await signIn("asel", "x", fixture, from: address, mark: session.deviceMark)
        }
        for index in 1..<Throttle.busyPortal {
            _ = try await signIn("p\(index)", "x", fixture, from: RemoteAddress("203.0.113.\(index)"))
        }
        #expect(try await fixture.accounts.captchaUsage.work() == 1)
        _ = try await signIn("p", "x", fixture, from: RemoteAddress("203.0.113.250"))
        #expect(try await fixture.accounts.captchaUsage.work() == 2)
        // Successful sign-ins do not count.
        _ = try self.session(try await signIn("asel", AccountFixture.password, fixture))
        #expect(try await fixture.accounts.captchaUsage.work() == 2)
        fixture.clock.advance(by: 600)
        #expect(try await fixture.accounts.captchaUsage.work() == 1)
    }

    @Test("A device mark becomes invalid when the password changes")
    func markAndPassword() async throws {
        let fixture = try AccountFixture()
        let (who, session) = try await fixture.member("asel@example.kz", username: "asel")
        fixture.clock.advance(by: 1)
        let fresh = "жаңа құпиясөз тауда"
        let outcome = try await fixture.accounts.changePassword(
            of: who,
            current: AccountFixture.password,
            to: fresh,
            device: AccountFixture.firefox,
            from: AccountFixture.home
        )
        guard case .changed(let renewed?) = outcome else { throw AccountFixture.Unexpected(what: "\(outcome)") }
        func needs(_ mark: String) async throws -> Bool {
            try await fixture.accounts.signIn.needsCaptcha(login: "asel", deviceMark: mark, from: AccountFixture.home)
        }
        #expect(try await needs(session.deviceMark))
        #expect(try await !needs(renewed.deviceMark))
    }

    @Test("Signing in again in a browser ends its previous session, whoever it belonged to")
    func sameBrowser() async throws {
        let fixture = try AccountFixture()
        let (_, asel) = try await fixture.member("asel@example.kz", username: "asel")
        let (_, dana) = try await fixture.member("dana@example.kz", username: "dana")
        let outcome = try await fixture.accounts.signIn.withPassword(
            login: "asel",
            password: AccountFixture.password,
            device: AccountFixture.firefox,
            from: AccountFixture.home,
            earlier: dana.token.text
        )
        _ = try session(outcome)
        #expect(try await fixture.accounts.resumeSession(dana.token.text) == nil)
        #expect(try await fixture.accounts.resumeSession(asel.token.text) != nil)
    }

    @Test("Concurrent attempts are counted before they are checked")
    func burst() async throws {
        let fixture = try AccountFixture()
        _ = try await fixture.member("asel@example.kz", username: "asel")
        let outcomes = try await withThrowingTaskGroup(of: SignInOutcome.self) { group in
            for _ in 0..<40 { group.addTask { try await self.signIn("asel", "wrong password", fixture) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.filter { $0 == .wrong }.count == Throttle.freeTries + 1)
    }

    @Test func captchaIsForNewBrowsersAndAfterFailures() async throws {
        let fixture = try AccountFixture()
        let (_, session) = try await fixture.member("asel@example.kz", username: "asel")
        let (_, other) = try await fixture.member("dana@example.kz", username: "dana")
        func needs(_ login: String?, _ mark: String?) async throws -> Bool {
            try await fixture.accounts.signIn.needsCaptcha(login: login, deviceMark: mark, from: AccountFixture.home)
        }
        #expect(try await needs(nil, nil))
        #expect(try await needs("asel", ""))
        #expect(try await !needs(nil, session.deviceMark))
        #expect(try await !needs("asel", session.deviceMark))
        #expect(try await needs("asel", other.deviceMark))
        #expect(try await needs("nobody", session.deviceMark))
        // Failures of neighbours do not count against the owner's browser; failures in it do.
        for _ in 0..<2 { _ = try await signIn("asel", "wrong password", fixture) }
        #expect(try await !needs("asel", session.deviceMark))
        for _ in 0..<2 { _ = try await signIn("asel", "wrong password", fixture, mark: session.deviceMark) }
        #expect(try await needs("asel", session.deviceMark))
        fixture.clock.advance(by: 91 * 86_400)
        #expect(try await needs("asel", session.deviceMark))
    }

    @Test("The owner is notified of a sign-in in a new browser, but not in a known one")
    func newDevices() async throws {
        let fixture = try AccountFixture()
        let (_, session) = try await fixture.member("asel@example.kz", username: "asel")
        _ = try await fixture.takeMails()
        _ = try await signIn("asel", AccountFixture.password, fixture, mark: session.deviceMark)
        #expect(try await fixture.takeMails().isEmpty)
        _ = try await signIn("asel", AccountFixture.password, fixture)
        #expect(try await fixture.takeMails().map(\.message.subject) == ["newDevice"])
    }

    @Test func outcomesAreOnRecord() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        for _ in 0..<5 { _ = try await signIn("asel", "wrong password", fixture) }
        fixture.clock.advance(by: 10)
        _ = try await signIn("asel", AccountFixture.password, fixture)
        let kinds = try await fixture.store.events(before: nil, of: who.person, limit: 20).map(\.event.kind)
        #expect(kinds.filter { $0 == .signInFailed }.count == 4)
        #expect(kinds.filter { $0 == .signInThrottled }.count == 1)
        #expect(kinds.first == .signedIn)
    }

    @Test("Someone who is being delayed can keep trying without filling the audit log")
    func heldBackOnRecord() async throws {
        let fixture = try AccountFixture()
        func throttled() async throws -> Int {
            try await fixture.store.events(before: nil, of: nil, limit: 500)
                .filter { $0.event.kind == .signInThrottled }.count
        }
        for _ in 0..<20 { _ = try await signIn("asel", "wrong password", fixture) }
        #expect(try await throttled() == 1)
        for index in 0..<90 { _ = try await signIn("p\(index)@example.kz", "wrong password", fixture) }
        // One for the login and one for the address, however many logins it tries.
        #expect(try await throttled() == 2)
        fixture.clock.advance(by: 3_600)
        for _ in 0..<5 { _ = try await signIn("asel", "wrong password", fixture) }
        #expect(try await throttled() == 3)
    }

    @Test("Hashes with older parameters are renewed at the next sign-in")
    func upgrade() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        let hasher = try PasswordHasher(parameters: .init(passes: 2, memory: 16_384))
        let accounts = AccountUseCases(
            store: fixture.store,
            hasher: hasher,
            sealer: ValueSealer(fixture.keys),
            composer: fixture.log,
            now: { fixture.clock.now }
        )
        let before = try await fixture.store.credentials(of: who.person)?.passwordHash
        _ = try await accounts.signIn.withPassword(
            login: "asel",
            password: AccountFixture.password,
            device: AccountFixture.firefox,
            from: AccountFixture.home
        )
        let after = try #require(try await fixture.store.credentials(of: who.person)?.passwordHash)
        #expect(after != before)
        #expect(!hasher.needsRehash(after))
        #expect(try await hasher.verify(AccountFixture.password, against: after))
    }

    @Test("Failing to renew an older hash does not make a correct password wrong")
    func upgradeWhenBusy() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        let hasher = try PasswordHasher(parameters: .init(passes: 200, memory: 16_384), concurrent: 1, waiting: 0)
        let accounts = AccountUseCases(
            store: fixture.store,
            hasher: hasher,
            sealer: ValueSealer(fixture.keys),
            composer: fixture.log,
            now: { fixture.clock.now }
        )
        let credentials = try #require(try await fixture.store.credentials(of: who.person))
        // Others keep the hasher busy throughout.
        let others = Task { while !Task.isCancelled { _ = try? await hasher.hash("one after another") } }
        defer { others.cancel() }
        for _ in 0..<20 { try await accounts.signIn.upgrade(credentials, AccountFixture.password) }
    }

    @Test func aPasswordOfMegabytesIsMerelyWrong() async throws {
        let fixture = try AccountFixture()
        _ = try await fixture.member("asel@example.kz", username: "asel")
        let long = String(repeating: "a", count: 5_000_000)
        #expect(try await signIn("asel", long, fixture) == .wrong)
        #expect(try await signIn(long, "x", fixture) == .wrong)
    }
}
