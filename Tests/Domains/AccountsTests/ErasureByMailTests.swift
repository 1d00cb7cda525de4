import Civic
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Accounts

/// Accounts created through a provider have no password to prove ownership with: the mailbox does.
@Suite struct ErasureByMailTests {
    private func newcomer(
        _ email: String,
        _ fixture: AccountFixture
    ) async throws -> (who: SignedIn, session: StartedSession) {
        let identity = ExternalIdentity(
            provider: "google",
            issuer: "https://accounts.google.com",
            subject: email,
            email: email,
            isEmailVerified: true,
            name: "Asel Nurlan"
        )
        let (accounts, device, home) = (fixture.accounts, AccountFixture.firefox, AccountFixture.home)
        let outcome = try await accounts.signInWithProvider(
            identity: identity,
            language: .ru,
            device: device,
            from: home
        )
        guard case .needsAgreement(let ticket, let pending) = outcome else {
            throw AccountFixture.Unexpected(what: "\(outcome)")
        }
        let accepted = try await accounts.joinWithProvider.accept(
            ticket,
            username: pending.username?.text ?? "",
            name: try PersonName("Aigul Serikkyzy"),
            agreement: accounts.settings.agreement,
            device: device,
            from: home
        )
        guard case .activated(let session) = accepted else { throw AccountFixture.Unexpected(what: "\(accepted)") }
        _ = try await fixture.takeMails()
        return (try await fixture.who(session), session)
    }

    private func request(_ who: SignedIn, _ fixture: AccountFixture) async throws -> SecretToken {
        #expect(
            try await fixture.accounts.deleteAccount.erase(who, password: nil, from: AccountFixture.home) == .mailed
        )
        guard case .erasureConfirmation(let token, _, _)? = fixture.log.notices.last else {
            throw AccountFixture.Unexpected(what: "no mail")
        }
        return token
    }

    @Test("A link is mailed; opening it changes nothing, the button erases, and the link works once")
    func byMail() async throws {
        let fixture = try AccountFixture()
        let (who, session) = try await newcomer("asel@example.kz", fixture)
        let token = try await request(who, fixture)
        let mails = try await fixture.takeMails()
        #expect(mails.map(\.recipient) == ["asel@example.kz"])
        #expect(mails.map(\.message.subject) == ["erasureConfirmation"])
        for _ in 1...3 { #expect(try await fixture.accounts.deleteAccount.pending(token)?.id == who.person) }
        #expect(try await fixture.accounts.resumeSession(session.token.text) != nil)
        #expect(try await fixture.accounts.deleteAccount.confirm(token, by: nil) == .erased)
        #expect(try await fixture.accounts.resumeSession(session.token.text) == nil, "its sessions have ended")
        #expect(try await fixture.accounts.readProfile(of: who.person) == nil)
        #expect(try await fixture.accounts.deleteAccount.confirm(token, by: nil) == .expired)
        #expect(try await fixture.accounts.deleteAccount.pending(token) == nil)
        #expect(try await fixture.takeMails().map(\.message.subject) == ["accountErased"])
        let events = try await fixture.store.events(before: nil, of: who.person, limit: 10)
        #expect(events.prefix(2).map(\.event.kind) == [.accountErased, .erasureRequested])
    }

    @Test("Not even a sign-in within the last minute is enough to erase")
    func freshSignIn() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await newcomer("asel@example.kz", fixture)
        #expect(try await fixture.accounts.proveOwnership.isFresh(who))
        _ = try await request(who, fixture)
        #expect(try await fixture.accounts.readProfile(of: who.person) != nil)
    }

    @Test func theLinkHoldsForAnHour() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await newcomer("asel@example.kz", fixture)
        let token = try await request(who, fixture)
        fixture.clock.advance(by: 3_599)
        #expect(try await fixture.accounts.deleteAccount.pending(token) != nil)
        fixture.clock.advance(by: 1)
        #expect(try await fixture.accounts.deleteAccount.pending(token) == nil)
        #expect(try await fixture.accounts.deleteAccount.confirm(token, by: who) == .expired)
        #expect(try await fixture.accounts.readProfile(of: who.person) != nil)
    }

    @Test("A link erases its own account and no other")
    func another() async throws {
        let fixture = try AccountFixture()
        let (asel, _) = try await newcomer("asel@example.kz", fixture)
        let (dana, _) = try await newcomer("dana@example.kz", fixture)
        let token = try await request(asel, fixture)
        #expect(try await fixture.accounts.deleteAccount.confirm(token, by: dana) == .otherAccount)
        #expect(try await fixture.accounts.readProfile(of: asel.person) != nil, "the link still holds")
        #expect(try await fixture.accounts.deleteAccount.confirm(token, by: asel) == .erased)
        #expect(try await fixture.accounts.readProfile(of: dana.person) != nil)
        #expect(try await fixture.accounts.deleteAccount.confirm(SecretToken(), by: dana) == .expired)
        #expect(try await fixture.accounts.readProfile(of: dana.person) != nil)
    }

    @Test("Other links cannot erase, and this one cannot set a password")
    func purposes() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await newcomer("asel@example.kz", fixture)
        let token = try await request(who, fixture)
        #expect(try await fixture.accounts.resetPassword.pending(token) == nil)
        _ = try await fixture.accounts.resetPassword.request(login: "asel@example.kz", from: AccountFixture.home)
        guard case .passwordReset(let reset, _, _)? = fixture.log.notices.last else {
            throw AccountFixture.Unexpected(what: "no reset")
        }
        #expect(try await fixture.accounts.deleteAccount.confirm(reset, by: who) == .expired)
        #expect(try await fixture.accounts.readProfile(of: who.person) != nil)
    }

    @Test("A person who has set a password meanwhile proves ownership with it")
    func passwordSince() async throws {
        let fixture = try AccountFixture()
        let (who, session) = try await newcomer("asel@example.kz", fixture)
        let token = try await request(who, fixture)
        let outcome = try await fixture.accounts.changePassword(
            of: try await fixture.who(session),
            current: nil,
            to: AccountFixture.password,
            device: AccountFixture.firefox,
            from: AccountFixture.home
        )
        guard case .changed(let renewed?) = outcome else { throw AccountFixture.Unexpected(what: "\(outcome)") }
        #expect(try await fixture.accounts.deleteAccount.confirm(token, by: nil) == .expired)
        let now = try await fixture.who(renewed)
        #expect(
            try await fixture.accounts.deleteAccount.erase(now, password: "", from: AccountFixture.home)
                == .refused(.wrong)
        )
        #expect(
            try await fixture.accounts.deleteAccount.erase(
                now,
                password: AccountFixture.password,
                from: AccountFixture.home
            )
                == .erased
        )
    }

    @Test func theLastAdministratorStays() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await newcomer("asel@example.kz", fixture)
        let token = try await request(who, fixture)
        _ = try await fixture.accounts.changeRole.fromConsole(of: who.person, to: .admin)
        _ = try await fixture.takeMails()
        let again = try await fixture.accounts.deleteAccount.erase(who, password: nil, from: AccountFixture.home)
        #expect(again == .lastAdministrator, "told before a mail is sent")
        #expect(try await fixture.takeMails().isEmpty)
        #expect(try await fixture.accounts.deleteAccount.confirm(token, by: who) == .lastAdministrator)
        #expect(try await fixture.accounts.readProfile(of: who.person) != nil)
        _ = try await fixture.member("dana@example.kz", username: "dana", role: .admin)
        #expect(try await fixture.accounts.deleteAccount.confirm(token, by: who) == .erased, "the link still holds")
    }

    @Test("Requests are limited, and so are the mails that they cause")
    func limits() async throws {
        let fixture = try AccountFixture { $0.limits.requestsPerAddress = .init(6, per: .hours(1)) }
        let (who, _) = try await newcomer("asel@example.kz", fixture)
        var outcomes: [ErasureOutcome] = []
        for _ in 1...7 {
            outcomes.append(
                try await fixture.accounts.deleteAccount.erase(who, password: nil, from: AccountFixture.home)
            )
            fixture.clock.advance(by: 61)
        }
        #expect(outcomes.prefix(6).allSatisfy { $0 == .mailed })
        guard case .refused(.wait) = outcomes[6] else { throw AccountFixture.Unexpected(what: "\(outcomes[6])") }
        #expect(try await fixture.takeMails().count == 4)
    }

    @Test("Copies of mails outside the store are deleted too")
    func copies() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await newcomer("asel@example.kz", fixture)
        let forgotten = Mutex<[String]>([])
        let accounts = AccountUseCases(
            store: fixture.store,
            hasher: fixture.accounts.hasher,
            sealer: ValueSealer(fixture.keys),
            composer: fixture.log,
            forgetMails: { recipient in forgotten.withLock { $0.append(recipient) } },
            now: { fixture.clock.now }
        )
        let token = try await request(who, fixture)
        #expect(try await accounts.deleteAccount.confirm(SecretToken(), by: nil) == .expired)
        #expect(forgotten.withLock { $0 } == [])
        #expect(try await accounts.deleteAccount.confirm(token, by: nil) == .erased)
        #expect(forgotten.withLock { $0 } == ["asel@example.kz"])
    }
}
