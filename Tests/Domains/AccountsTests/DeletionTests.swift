import Civic
import Synchronization
import TestSupport
import Testing

@testable import Accounts

@Suite struct DeletionTests {
    @Test func whatWouldHappenIsToldFirst() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        try await fixture.accounts.editProfile.changePhone(who, to: try PhoneNumber("+77012345678"))
        let preview = try #require(
            try await fixture.accounts.deleteAccount.preview(
                of: who.person,
                participants: [fixture.accounts.accountPersonalData]
            )
        )
        #expect(preview.erased.map(\.subject) == ["profile", "phone", "consents", "sessions", "mails"])
        #expect(preview.kept.map(\.subject) == ["audit"])
        #expect(preview.kept.first?.count == 3)
        #expect(try await fixture.accounts.readProfile(of: who.person) != nil)
    }

    @Test func onlyTheOwnerErases() async throws {
        let fixture = try AccountFixture()
        let (who, session) = try await fixture.member("asel@example.kz", username: "asel")
        let (accounts, home) = (fixture.accounts, AccountFixture.home)
        #expect(try await accounts.deleteAccount.erase(who, password: "wrong", from: home) == .refused(.wrong))
        #expect(try await accounts.deleteAccount.erase(who, password: AccountFixture.password, from: home) == .erased)
        #expect(try await accounts.resumeSession(session.token.text) == nil)
        #expect(try await accounts.readProfile(of: who.person) == nil)
        #expect(
            try await accounts.deleteAccount.preview(of: who.person, participants: [accounts.accountPersonalData])
                == nil
        )
        #expect(
            try await accounts.deleteAccount.erase(who, password: AccountFixture.password, from: home)
                == .refused(.wrong)
        )
        let mails = try await fixture.takeMails()
        #expect(mails.map(\.message.subject) == ["accountErased"])
        #expect(mails.map(\.recipient) == ["asel@example.kz"])
    }

    @Test("Copies of mails outside the store are deleted too, for every address of the person")
    func copies() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        let forgotten = Mutex<[String]>([])
        let accounts = AccountUseCases(
            store: fixture.store,
            hasher: fixture.accounts.hasher,
            sealer: ValueSealer(fixture.keys),
            composer: fixture.log,
            forgetMails: { recipient in forgotten.withLock { $0.append(recipient) } },
            now: { fixture.clock.now }
        )
        _ = try await accounts.changeEmail.request(
            of: who,
            to: try EmailAddress("new@example.kz"),
            password: AccountFixture.password,
            from: AccountFixture.home
        )
        #expect(
            try await accounts.deleteAccount.erase(who, password: "wrong", from: AccountFixture.home)
                == .refused(.wrong)
        )
        #expect(forgotten.withLock { $0 } == [])
        _ = try await accounts.deleteAccount.erase(who, password: AccountFixture.password, from: AccountFixture.home)
        #expect(forgotten.withLock { $0 } == ["asel@example.kz", "new@example.kz"])
    }

    @Test("The same person may register again, with another number")
    func again() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        _ = try await fixture.accounts.deleteAccount.erase(
            who,
            password: AccountFixture.password,
            from: AccountFixture.home
        )
        let (back, _) = try await fixture.member("asel@example.kz", username: "asel")
        #expect(back.person > who.person)
    }
}
