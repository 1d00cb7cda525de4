import Civic
import Synchronization
import TestSupport
import Testing

@testable import Accounts

@Suite struct DeletionTests {
    @Test func whatWouldHappenIsToldFirst() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        try await fixture.service.changePhone(who, to: try PhoneNumber("+77012345678"))
        let preview = try #require(try await fixture.service.erasurePreview(of: who.person))
        #expect(preview.erased.map(\.subject) == ["profile", "phone", "consents", "sessions", "mails"])
        #expect(preview.kept.map(\.subject) == ["audit"])
        #expect(preview.kept.first?.count == 3)
        #expect(try await fixture.service.profile(of: who.person) != nil)
    }

    @Test func onlyTheOwnerErases() async throws {
        let fixture = try AccountFixture()
        let (who, session) = try await fixture.member("asel@example.kz", username: "asel")
        let (service, home) = (fixture.service, AccountFixture.home)
        #expect(try await service.erase(who, password: "wrong", from: home) == .refused(.wrong))
        #expect(try await service.erase(who, password: AccountFixture.password, from: home) == .erased)
        #expect(try await service.session(for: session.token.text) == nil)
        #expect(try await service.profile(of: who.person) == nil)
        #expect(try await service.erasurePreview(of: who.person) == nil)
        #expect(try await service.erase(who, password: AccountFixture.password, from: home) == .refused(.wrong))
        let mails = try await fixture.takeMails()
        #expect(mails.map(\.message.subject) == ["accountErased"])
        #expect(mails.map(\.recipient) == ["asel@example.kz"])
    }

    @Test("Copies of mails outside the store are deleted too, for every address of the person")
    func copies() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        let forgotten = Mutex<[String]>([])
        let service = AccountService(
            store: fixture.store,
            hasher: fixture.service.hasher,
            sealer: ValueSealer(fixture.keys),
            composer: fixture.log,
            forgetMails: { recipient in forgotten.withLock { $0.append(recipient) } },
            now: { fixture.clock.now }
        )
        _ = try await service.requestEmailChange(
            of: who,
            to: try EmailAddress("new@example.kz"),
            password: AccountFixture.password,
            from: AccountFixture.home
        )
        #expect(try await service.erase(who, password: "wrong", from: AccountFixture.home) == .refused(.wrong))
        #expect(forgotten.withLock { $0 } == [])
        _ = try await service.erase(who, password: AccountFixture.password, from: AccountFixture.home)
        #expect(forgotten.withLock { $0 } == ["asel@example.kz", "new@example.kz"])
    }

    @Test("The same person may register again, with another number")
    func again() async throws {
        let fixture = try AccountFixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        _ = try await fixture.service.erase(who, password: AccountFixture.password, from: AccountFixture.home)
        let (back, _) = try await fixture.member("asel@example.kz", username: "asel")
        #expect(back.person > who.person)
    }
}
