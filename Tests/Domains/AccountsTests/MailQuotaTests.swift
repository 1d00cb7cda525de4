import Civic
import TestSupport
import Testing

@testable import Accounts

/// Mails of every kind that strangers can cause count against the limits of their recipient.
@Suite struct MailQuotaTests {
    private func fixture() throws -> AccountFixture {
        try AccountFixture { $0.limits.requestsPerAddress = .init(1_000, per: .hours(1)) }
    }

    private func mails(_ fixture: AccountFixture, to recipient: String, _ subject: String) async throws -> Int {
        try await fixture.takeMails().filter { $0.recipient == recipient && $0.message.subject == subject }.count
    }

    private var limit: Int { AccountLimits().mailsPerRecipientAndAddress.count }

    @Test func resets() async throws {
        let fixture = try fixture()
        _ = try await fixture.member("asel@example.kz", username: "asel")
        for _ in 0..<20 {
            #expect(
                try await fixture.accounts.resetPassword.request(login: "asel", from: AccountFixture.home) == .accepted
            )
            fixture.clock.advance(by: 61)
        }
        #expect(try await mails(fixture, to: "asel@example.kz", "passwordReset") == limit)
    }

    @Test func newAddresses() async throws {
        let fixture = try fixture()
        let (who, _) = try await fixture.member("asel@example.kz", username: "asel")
        for _ in 0..<20 {
            let outcome = try await fixture.accounts.changeEmail.request(
                of: who,
                to: try EmailAddress("stranger@example.kz"),
                password: AccountFixture.password,
                from: AccountFixture.home
            )
            #expect(outcome == .accepted)
            fixture.clock.advance(by: 61)
        }
        #expect(try await mails(fixture, to: "stranger@example.kz", "emailChangeNew") == limit)
    }

    @Test func links() async throws {
        let fixture = try fixture()
        _ = try await fixture.member("asel@example.kz", username: "asel")
        let identity = ExternalIdentity(
            provider: "google",
            issuer: "https://accounts.google.com",
            subject: "118",
            email: "asel@example.kz",
            isEmailVerified: true,
            name: nil
        )
        let outcome = try await fixture.accounts.signInWithProvider(
            identity: identity,
            language: .kk,
            device: AccountFixture.firefox,
            from: AccountFixture.home
        )
        guard case .needsConfirmation(let ticket, _) = outcome else {
            throw AccountFixture.Unexpected(what: "\(outcome)")
        }
        for _ in 0..<20 {
            #expect(try await fixture.accounts.linkIdentity.requestLink(ticket, from: AccountFixture.home) == .accepted)
            fixture.clock.advance(by: 61)
        }
        #expect(try await mails(fixture, to: "asel@example.kz", "identityConfirmation") == limit)
    }
}
