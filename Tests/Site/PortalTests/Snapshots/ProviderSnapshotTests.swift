import Accounts
import Civic
import Configuration
import Foundation
import TestSupport
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

/// The HTML of the pages between a provider's answer and the account.
@Suite("Snapshots of sign-in through a provider")
struct ProviderSnapshotTests {
    private static let google: [AbsoluteConfigKey: ConfigValue] = [
        "google.client.id": ConfigValue(.string("client"), isSecret: false),
        "google.client.secret": ConfigValue(.string("secret"), isSecret: true),
    ]

    private func check(_ name: String, _ page: TestPage) throws {
        try PageSnapshot(name: "account-" + name).check(page)
    }

    /// A browser that returned from the provider with an identity.
    private func arrived(_ portal: AccountPortal, _ email: String?, isVerified: Bool = true) async throws -> TestBrowser
    {
        let identity = ExternalIdentity(
            provider: "google",
            issuer: "https://accounts.google.com",
            subject: "subject",
            email: email,
            isEmailVerified: isVerified,
            name: "Aigul Serikkyzy"
        )
        let outcome = try await portal.accounts.signInWithProvider(
            identity: identity,
            language: .ru,
            device: Device(userAgent: "Firefox"),
            from: RemoteAddress("192.0.2.7")
        )
        let ticket: SecretToken
        switch outcome {
        case .needsAgreement(let given, _), .needsEmail(let given, _, _), .needsConfirmation(let given, _):
            ticket = given
        default: throw AccountPortal.Unexpected(what: "\(outcome)")
        }
        let browser = portal.browser()
        browser.plant(PortalCookies.Name.identity.rawValue, ticket.text)
        return browser
    }

    @Test("A person who is new here")
    func newcomer() async throws {
        try await AccountPortal.test(Self.google) { portal async throws in
            let known = try await arrived(portal, "a@example.kz")
            try check("provider-finish", try await known.get("/ru/auth/finish"))
            try check("provider-finish-faults", try await known.post("/ru/auth/finish", [("name", "<>")]))
            let unknown = try await arrived(portal, nil, isVerified: false)
            try check("provider-email", try await unknown.get("/ru/auth/email"))
            try check("provider-email-faults", try await unknown.post("/ru/auth/email", [("email", "x")]))
            try check("provider-expired", try await portal.browser().get("/ru/auth/finish"))
            let refused = "/auth/google/callback?error=access_denied&lang=ru"
            try check("provider-refused", try await portal.browser().get(refused))
        }
    }

    @Test("A person whose address has an account")
    func owner() async throws {
        try await AccountPortal.test(Self.google) { portal async throws in
            try await portal.register(portal.browser(), "a@example.kz", username: "aigul")
            let browser = try await arrived(portal, "a@example.kz")
            try check("provider-known", try await browser.get("/ru/auth/confirm"))
            try check("provider-link-sent", try await browser.post("/ru/auth/confirm", []))
            let path = AccountPortal.path(in: try await portal.mails().last)
            let other = portal.browser()
            try check("provider-link", try await other.get(path))
            try check("provider-link-other-browser", try await other.post(path, []))
            try await browser.get(path)
            try check("provider-linked", try await browser.post(path, []))
        }
    }

    @Test("Sign-in methods are shown only after the password when the sign-in was long ago")
    func proof() async throws {
        let clock = TestClock()
        try await AccountPortal.test(Self.google, clock: clock) { portal async throws in
            let browser = portal.browser()
            try await portal.register(browser, "a@example.kz", username: "aigul")
            clock.advance(by: 1_000)
            try check("identities-proof", try await browser.get("/ru/account/identities"))
            let wrong = [("current", "wrong one")]
            try check("identities-proof-wrong", try await browser.post("/ru/account/identities/proof", wrong))
        }
    }
}
