import Civic
import TestSupport
import Testing

@testable import Accounts

@Suite struct LinkingTests {
    private let identity = ExternalIdentity(
        provider: "google",
        issuer: "https://accounts.google.com",
        subject: "118",
        email: "asel@example.kz",
        isEmailVerified: true,
        name: nil
    )

    private func ticket(_ fixture: AccountFixture) async throws -> SecretToken {
        let outcome = try await fixture.accounts.signInWithProvider(
            identity: identity,
            language: .kk,
            device: AccountFixture.firefox,
            from: AccountFixture.home
        )
        guard case .needsConfirmation(let ticket, _) = outcome else {
            throw AccountFixture.Unexpected(what: "\(outcome)")
        }
        return ticket
    }

    @Test("The mailed link works once, in the browser that requested it")
    func byMail() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        let ticket = try await ticket(fixture)
        #expect(try await fixture.accounts.linkIdentity.requestLink(ticket, from: AccountFixture.home) == .accepted)
        guard case .identityConfirmation(let token, "google", _, _)? = fixture.log.notices.last else {
            throw AccountFixture.Unexpected(what: "no mail")
        }
        #expect(try await fixture.accounts.linkIdentity.confirm(token, ticket: nil) == .otherBrowser)
        #expect(try await fixture.accounts.linkIdentity.confirm(token, ticket: SecretToken()) == .otherBrowser)
        #expect(try await fixture.store.identities(of: who.person).isEmpty)
        #expect(try await fixture.accounts.linkIdentity.confirm(token, ticket: ticket) == .linked)
        #expect(try await fixture.accounts.linkIdentity.confirm(token, ticket: ticket) == .expired)
        #expect(try await fixture.takeMails().map(\.message.subject).contains("identityLinked"))
    }

    @Test func ticketsAndLinksRunOut() async throws {
        let fixture = try AccountFixture()
        _ = try await fixture.member("asel@example.kz", username: "asel")
        let ticket = try await ticket(fixture)
        _ = try await fixture.accounts.linkIdentity.requestLink(ticket, from: AccountFixture.home)
        guard case .identityConfirmation(let token, _, _, _)? = fixture.log.notices.last else {
            throw AccountFixture.Unexpected(what: "no mail")
        }
        fixture.clock.advance(by: 1_800)
        #expect(try await fixture.accounts.linkIdentity.requestLink(ticket, from: AccountFixture.home) == nil)
        #expect(try await fixture.accounts.linkIdentity.confirm(token, ticket: ticket) == .expired)
        #expect(try await fixture.accounts.joinWithProvider.pendingIdentity(ticket) == nil)
    }

    @Test("An identity belongs to one account, and the last way to sign in cannot be removed")
    func oneAccount() async throws {
        let fixture = try AccountFixture()
        let (asel, _) = try await fixture.member("asel@example.kz", username: "asel")
        let (dana, _) = try await fixture.member("dana@example.kz", username: "dana")
        let accounts = fixture.accounts
        #expect(try await accounts.linkIdentity.link(identity, to: asel) == .linked)
        #expect(try await accounts.linkIdentity.link(identity, to: asel) == .already)
        #expect(try await accounts.linkIdentity.link(identity, to: dana) == .taken)
        let link = try #require(try await fixture.store.identities(of: asel.person).first)
        #expect(try await accounts.linkIdentity.unlink(link.id, from: dana) == .unknown)
        #expect(try await accounts.linkIdentity.unlink(link.id, from: asel) == .unlinked)
        #expect(try await accounts.linkIdentity.unlink(link.id, from: asel) == .unknown)
    }

    @Test("Linking and unlinking require a recent sign-in or password")
    func proof() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        let accounts = fixture.accounts
        let pending = try await ticket(fixture)
        fixture.clock.advance(by: 901)
        #expect(try await accounts.linkIdentity.link(identity, to: who) == .needsProof)
        #expect(try await accounts.linkIdentity.linkPending(pending, to: who) == .needsProof)
        #expect(try await fixture.store.identities(of: who.person).isEmpty)
        #expect(
            try await accounts.proveOwnership.proveUnlessFresh(who, password: "wrong", from: AccountFixture.home)
                == .wrong
        )
        #expect(try await accounts.linkIdentity.link(identity, to: who) == .needsProof)
        let password = AccountFixture.password
        #expect(
            try await accounts.proveOwnership.proveUnlessFresh(who, password: password, from: AccountFixture.home)
                == .proved
        )
        #expect(try await accounts.linkIdentity.linkPending(pending, to: who) == .linked)
        let link = try #require(try await fixture.store.identities(of: who.person).first)
        fixture.clock.advance(by: 901)
        #expect(try await accounts.linkIdentity.unlink(link.id, from: who) == .needsProof)
        #expect(
            try await accounts.proveOwnership.proveUnlessFresh(who, password: password, from: AccountFixture.home)
                == .proved
        )
        #expect(try await accounts.linkIdentity.unlink(link.id, from: who) == .unlinked)
    }

    @Test("The mail about a new password names the providers that still give access")
    func providersInMail() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        #expect(try await fixture.accounts.linkIdentity.link(identity, to: who) == .linked)
        _ = try await fixture.accounts.resetPassword.request(login: "asel", from: AccountFixture.home)
        guard case .passwordReset(let token, _, _)? = fixture.log.notices.last else {
            throw AccountFixture.Unexpected(what: "no mail")
        }
        _ = try await fixture.accounts.resetPassword.reset(
            token,
            password: "жаңа құпиясөз тауда",
            device: AccountFixture.firefox,
            from: AccountFixture.home
        )
        guard case .passwordChanged(_, _, _, let providers)? = fixture.log.notices.last else {
            throw AccountFixture.Unexpected(what: "no notice")
        }
        #expect(providers == ["google"])
    }

    @Test("A person without a password keeps the last provider, and proves ownership by a recent sign-in")
    func withoutPassword() async throws {
        let fixture = try AccountFixture()
        let arrived = try await fixture.accounts.signInWithProvider(
            identity: identity,
            language: .kk,
            device: AccountFixture.firefox,
            from: AccountFixture.home
        )
        guard case .needsAgreement(let ticket, _) = arrived,
            case .activated(let session) = try await fixture.accounts.joinWithProvider.accept(
                ticket,
                username: "asel",
                name: try PersonName("Асель"),
                agreement: fixture.accounts.settings.agreement,
                device: AccountFixture.firefox,
                from: AccountFixture.home
            )
        else { throw AccountFixture.Unexpected(what: "not made") }
        let who = try await fixture.who(session)
        let link = try #require(try await fixture.store.identities(of: who.person).first)
        #expect(try await fixture.accounts.linkIdentity.unlink(link.id, from: who) == .lastWayIn)
        #expect(
            try await fixture.accounts.proveOwnership.prove(who, password: nil, from: AccountFixture.home) == .proved
        )
        fixture.clock.advance(by: 901)
        #expect(
            try await fixture.accounts.proveOwnership.prove(who, password: nil, from: AccountFixture.home)
                == .needsFreshSignIn
        )
        #expect(
            try await fixture.accounts.deleteAccount.erase(who, password: nil, from: AccountFixture.home) == .mailed
        )
    }
}
