import Civic
import TestSupport
import Testing

@testable import Accounts

@Suite struct RegistrationTests {
    @Test("Only the mail reveals whether an address is known")
    func enumeration() async throws {
        let fixture = try AccountFixture()
        _ = try await fixture.member("asel@example.kz", username: "asel")
        _ = try await fixture.takeMails()
        let known = try await register("Asel@Example.kz", fixture)
        let unknown = try await register("dana@example.kz", fixture)
        #expect(known == .accepted)
        #expect(unknown == known)
        let mails = try await fixture.takeMails()
        #expect(mails.map(\.recipient) == ["asel@example.kz", "dana@example.kz"])
        #expect(mails.map(\.message.subject) == ["alreadyRegistered", "activation"])
        // The mail addresses the owner by name, not by what a stranger typed.
        #expect(mails[0].message.text.contains("Әсел"))
    }

    @Test func aFormThatIsSentTwiceIsOneMail() async throws {
        let fixture = try AccountFixture()
        for _ in 0..<3 { _ = try await register("dana@example.kz", fixture) }
        #expect(try await fixture.takeMails().count == 1)
        fixture.clock.advance(by: 61)
        _ = try await register("dana@example.kz", fixture)
        #expect(try await fixture.takeMails().count == 1)
    }

    @Test("One address cannot register in bulk; another still can register")
    func masses() async throws {
        let fixture = try AccountFixture()
        let limit = fixture.accounts.settings.limits.registrationsPerAddress
        for index in 0..<limit.count {
            #expect(try await register("p\(index)@example.kz", fixture) == .accepted)
        }
        #expect(try await register("more@example.kz", fixture) == .wait(seconds: 3_600))
        #expect(try await register("more@example.kz", fixture, from: AccountFixture.elsewhere) == .accepted)
        fixture.clock.advance(by: 3_600)
        #expect(try await register("again@example.kz", fixture) == .accepted)
    }

    @Test("A recipient is not flooded with mails, and the page does not reveal the limit")
    func recipients() async throws {
        let fixture = try AccountFixture { $0.limits.registrationsPerAddress = .init(1_000, per: .seconds(3_600)) }
        for _ in 0..<30 {
            #expect(try await register("dana@example.kz", fixture) == .accepted)
            fixture.clock.advance(by: 61)
        }
        let limit = fixture.accounts.settings.limits.mailsPerRecipientAndAddress.count
        #expect(try await fixture.takeMails().count == limit)
        for index in 0..<100 {
            _ = try await register("dana@example.kz", fixture, from: RemoteAddress("203.0.113.\(index)"))
            fixture.clock.advance(by: 61)
        }
        let most = fixture.accounts.settings.limits.mailsPerRecipient.count
        #expect(try await fixture.takeMails().count == most - limit)
    }

    @Test("A mail's key contains neither address nor token")
    func mailKeys() async throws {
        let fixture = try AccountFixture()
        let token = try await fixture.registerToken("dana@example.kz")
        let mail = try #require(try await fixture.takeMails().first)
        #expect(mail.key.hasPrefix("activation-"))
        #expect(!mail.key.contains("dana"))
        #expect(!mail.key.contains(token.text))
    }

    private func register(
        _ email: String,
        _ fixture: AccountFixture,
        from address: RemoteAddress = AccountFixture.home
    ) async throws -> RequestOutcome {
        try await fixture.accounts.registerAccount(
            name: try PersonName("Дана Сейтқызы"),
            email: try EmailAddress(email),
            language: .ru,
            agreement: fixture.accounts.settings.agreement,
            from: address
        )
    }
}
