import Civic
import Foundation
import TestSupport
import Testing

@testable import Accounts

@Suite struct IdentitiesTests {
    private func identity(_ email: String?, verified: Bool = true, subject: String = "118") -> ExternalIdentity {
        ExternalIdentity(
            provider: "google",
            issuer: "https://accounts.google.com",
            subject: subject,
            email: email,
            isEmailVerified: verified,
            name: "Asel Nurlan"
        )
    }

    private func arrive(_ identity: ExternalIdentity, _ fixture: AccountFixture) async throws -> IdentityOutcome {
        try await fixture.accounts.signInWithProvider(
            identity: identity,
            language: .ru,
            device: AccountFixture.firefox,
            from: AccountFixture.home
        )
    }

    private func accept(_ ticket: SecretToken, _ fixture: AccountFixture) async throws -> ActivationOutcome {
        try await fixture.accounts.joinWithProvider.accept(
            ticket,
            username: "asel",
            name: try PersonName("Asel Nurlan"),
            agreement: fixture.accounts.settings.agreement,
            device: AccountFixture.firefox,
            from: AccountFixture.home
        )
    }

    @Test func aNewPersonAcceptsTheAgreementFirst() async throws {
        let fixture = try AccountFixture()
        guard case .needsAgreement(let ticket, let pending) = try await arrive(identity("asel@example.kz"), fixture)
        else {
            throw AccountFixture.Unexpected(what: "no agreement")
        }
        #expect(pending.username?.text == "asel" && pending.name?.text == "Asel Nurlan" && !pending.needsPassword)
        #expect(try await fixture.store.credentials(for: .email(key: "asel@example.kz")) == nil)
        guard case .activated(let session) = try await accept(ticket, fixture) else {
            throw AccountFixture.Unexpected(what: "not made")
        }
        #expect(try await accept(ticket, fixture) == .expired)
        guard case .signedIn(let again) = try await arrive(identity("other@example.kz"), fixture) else {
            throw AccountFixture.Unexpected(what: "not known")
        }
        // Issuer and subject identify the account; the address may change at the provider.
        #expect(again.person == session.person)
        #expect(try await fixture.store.person(session.person)?.hasPassword == false)
    }

    @Test("An account with the same address is not taken over")
    func takeOver() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        let outcome = try await arrive(identity("Asel@Example.kz"), fixture)
        guard case .needsConfirmation(let ticket, let masked) = outcome else {
            throw AccountFixture.Unexpected(what: "\(outcome)")
        }
        #expect(masked == "A•••@Example.kz")
        #expect(try await accept(ticket, fixture) == .expired)
        #expect(try await fixture.store.identities(of: who.person).isEmpty)
        #expect(try await fixture.accounts.linkIdentity.linkPending(ticket, to: who) == .linked)
        #expect(try await fixture.accounts.linkIdentity.linkPending(ticket, to: who) == .expired)
        guard case .signedIn = try await arrive(identity("asel@example.kz"), fixture) else {
            throw AccountFixture.Unexpected(what: "not linked")
        }
    }

    @Test("A planted ticket links nothing to a stranger's account")
    func plantedTicket() async throws {
        let fixture = try AccountFixture()
        _ = try await fixture.member("asel@example.kz", username: "asel")
        let (victim, _) = try await fixture.member("dana@example.kz", username: "dana")
        guard case .needsConfirmation(let ticket, _) = try await arrive(identity("asel@example.kz"), fixture) else {
            throw AccountFixture.Unexpected(what: "no ticket")
        }
        #expect(try await fixture.accounts.linkIdentity.linkPending(ticket, to: victim) == .expired)
        #expect(try await fixture.store.identities(of: victim.person).isEmpty)
    }

    @Test(
        "An address that the provider did not verify is ignored",
        arguments: [
            ("asel@example.kz" as String?, false), (nil, true), ("no address", true),
        ]
    )
    func unverified(email: String?, isVerified: Bool) async throws {
        let fixture = try AccountFixture()
        _ = try await fixture.member("asel@example.kz", username: "asel")
        let outcome = try await arrive(identity(email, verified: isVerified), fixture)
        guard case .needsEmail(let ticket, _, _) = outcome else { throw AccountFixture.Unexpected(what: "\(outcome)") }
        #expect(try await accept(ticket, fixture) == .expired)
    }

    @Test("A typed address is verified by mail, in the browser that started", arguments: [true, false])
    func givenAddress(isSameBrowser: Bool) async throws {
        let fixture = try AccountFixture()
        guard case .needsEmail(let ticket, let name?, _) = try await arrive(identity(nil), fixture) else {
            throw AccountFixture.Unexpected(what: "no question")
        }
        let outcome = try await fixture.accounts.joinWithProvider.provideEmail(
            ticket,
            email: try EmailAddress("asel@example.kz"),
            name: name,
            agreement: fixture.accounts.settings.agreement,
            from: AccountFixture.home
        )
        #expect(outcome == .accepted)
        guard case .activation(let token, _, _)? = fixture.log.notices.last else {
            throw AccountFixture.Unexpected(what: "no mail")
        }
        let held = isSameBrowser ? ticket : SecretToken()
        #expect(
            try await fixture.accounts.activateAccount.pending(token, ticket: held)?.needsPassword == !isSameBrowser
        )
        let made = try await fixture.accounts.activateAccount.activate(
            token,
            password: isSameBrowser ? nil : AccountFixture.password,
            username: "asel",
            device: AccountFixture.firefox,
            from: AccountFixture.home,
            ticket: held
        )
        guard case .activated(let session) = made else { throw AccountFixture.Unexpected(what: "\(made)") }
        // Reading the mail in another browser creates an account to which the stranger who started gets no access.
        #expect(try await fixture.store.identities(of: session.person).count == (isSameBrowser ? 1 : 0))
    }

    @Test func aSecondFactorIsAskedAfterAProviderToo() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        #expect(try await fixture.accounts.linkIdentity.link(identity("x@example.kz"), to: who) == .linked)
        _ = try await fixture.accounts.setUpSecondFactor.begin(who, password: nil, from: AccountFixture.home)
        let stored = try #require(try await fixture.store.secondFactor(of: who.person))
        let app = TimeBasedCode(secret: try fixture.accounts.sealer.open(stored.secret, for: .secondFactor))
        let code = app.code(step: TimeBasedCode.step(at: fixture.clock.now))
        _ = try await fixture.accounts.setUpSecondFactor.confirm(who, code: code, from: AccountFixture.home)
        guard case .needsSecondFactor = try await arrive(identity("x@example.kz"), fixture) else {
            throw AccountFixture.Unexpected(what: "let in")
        }
    }

    @Test func anAttemptIsTakenOnceAndRunsOut() async throws {
        let accounts = try AccountFixture().accounts
        let home = AccountFixture.home
        _ = try await accounts.providerAttempts.keep(state: "s1", Data("verifier".utf8), from: home)
        #expect(try await accounts.providerAttempts.take(state: "s2") == nil)
        #expect(try await accounts.providerAttempts.take(state: "s1") == Data("verifier".utf8))
        #expect(try await accounts.providerAttempts.take(state: "s1") == nil)
        let fixture = try AccountFixture()
        _ = try await fixture.accounts.providerAttempts.keep(state: "s1", Data("verifier".utf8), from: home)
        fixture.clock.advance(by: 600)
        #expect(try await fixture.accounts.providerAttempts.take(state: "s1") == nil)
    }

    @Test func oneAddressBeginsSoManyAttempts() async throws {
        let fixture = try AccountFixture { $0.limits.providerAttemptsPerAddress = .init(3, per: .hours(1)) }
        func begin(_ state: String, _ address: RemoteAddress) async throws -> RequestOutcome {
            try await fixture.accounts.providerAttempts.keep(state: state, Data(), from: address)
        }
        for index in 0..<3 { #expect(try await begin("s\(index)", AccountFixture.home) == .accepted) }
        #expect(try await begin("s3", AccountFixture.home) == .wait(seconds: 3_600))
        #expect(try await fixture.accounts.providerAttempts.take(state: "s3") == nil)
        #expect(try await begin("s4", AccountFixture.elsewhere) == .accepted)
    }

    @Test("A subject with a NUL is refused, because it would be stored as another subject")
    func nul() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        #expect(
            try await fixture.accounts.linkIdentity.link(identity("x@example.kz", subject: "118"), to: who) == .linked
        )
        let forged = identity("y@example.kz", subject: "118\0")
        await #expect(throws: AccountsError.malformedIdentity) { try await arrive(forged, fixture) }
        await #expect(throws: AccountsError.malformedIdentity) {
            try await fixture.accounts.linkIdentity.link(forged, to: who)
        }
        #expect(identity("a@example.kz\0@example.kz").email == nil)
    }
}
