import Accounts
import Civic
import Configuration
import Foundation
import Mail
import SQLiteStore
import TestSupport
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

/// The HTML of each kind of account and staff page, in the states that people meet.
@Suite("Snapshots of the account pages")
struct AccountPageSnapshotTests {
    private func check(_ name: String, _ page: TestPage, isWhole: Bool = false) throws {
        try PageSnapshot(name: "account-" + name).check(page, isWhole: isWhole)
    }

    @Test("Pages before signing in")
    func signedOut() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try check("login", try await browser.get("/ru/login?to=/ru/map"), isWhole: true)
            try check("login-kept", try await browser.get("/kk/login?kept=1"))
            try check(
                "login-stale",
                try await browser.post("/ru/login", [("login", "a"), ("password", "b")], token: "x")
            )
            try await browser.get("/ru/login")
            let wrong = [("login", "nobody"), ("password", "wrong <b>")]
            for _ in 0..<3 { try await browser.post("/ru/login", wrong) }
            try check("login-captcha", try await browser.post("/ru/login", wrong))
            try check("register", try await browser.get("/ru/register"))
            try check("register-faults", try await browser.post("/ru/register", [("name", "<>"), ("email", "x")]))
            try check("forgot", try await browser.get("/en/password/forgot"))
            try check("agreement", try await browser.get("/en/agreement"))
            try check("link-dead", try await browser.get("/ru/activate/\(SecretToken().text)"))
            try await browser.get("/ru/register")
            let sent = try await browser.post("/ru/register", try await portal.registration("a@example.kz"))
            try check("register-sent", try await browser.get(sent.location ?? ""))
            let path = AccountPortal.path(in: try await portal.mails().last)
            try check("activate", try await browser.get(path))
            try check("activate-faults", try await browser.post(path, [("username", "!"), ("password", "1")]))
        }
    }

    @Test("Pages of a person's account")
    func signedIn() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try await portal.register(browser, "a@example.kz", username: "aigul")
            try check("overview", try await browser.get("/ru/account?done=name"), isWhole: true)
            for part in Link.AccountPart.allCases {
                try check(part.rawValue, try await browser.get("/ru/account/\(part.rawValue)"))
            }
            try check("logout", try await browser.get("/kk/logout"))
            try await browser.get("/ru/account/email")
            let change = [("email", "b@example.kz"), ("current", AccountPortal.password)]
            try await browser.post("/ru/account/email", change)
            try check("email-pending", try await browser.get("/ru/account/email"))
            try check("overview-pending", try await browser.get("/en/account"))
            let other = portal.browser()
            try await portal.signIn(other, "aigul")
            try check("sessions-two", try await browser.get("/ru/account/sessions"))
            try await browser.get("/ru/account/second-factor")
            try check(
                "second-factor-set-up",
                try await browser.post("/ru/account/second-factor", [("current", AccountPortal.password)])
            )
            try check("not-found", try await browser.get("/ru/staff/users"))
        }
    }

    @Test("Staff pages")
    func staff() async throws {
        try await AccountPortal.test { portal async throws in
            _ = try await portal.accounts.inviteStaff.fromConsole(
                try EmailAddress("admin@example.kz"),
                role: .admin,
                language: .ru,
                isMailed: true
            )
            let path = AccountPortal.path(in: try await portal.mails().last)
            let admin = portal.browser()
            try await admin.get(path)
            try await admin.post(
                path,
                [("name", "Админ"), ("username", "keeper"), ("password", AccountPortal.password), ("agree", "1")]
            )
            try check("staff-overview", try await admin.get("/ru/account"))
            try check("staff-users", try await admin.get("/ru/staff/users?done=invited"))
            try check("staff-found-none", try await admin.post("/ru/staff/users/find", [("q", "zzz<")]))
            try check("staff-person", try await admin.get("/ru/staff/users/1"))
            try check("staff-mail", try await admin.get("/ru/staff/mail"))
            try await admin.get("/ru/staff/users")
            try await admin.post("/ru/staff/users", [("email", "bounce@example.kz"), ("role", "editor")])
            let mail = try #require(
                try await portal.outbox.claimDue(at: Date() + 60, limit: 1, lease: .seconds(60)).first
            )
            try await portal.outbox.giveUp(mail.id, at: Date(), reason: "550 <no such mailbox>")
            try check("staff-mail-undelivered", try await admin.get("/ru/staff/mail"))
            try check("staff-audit", try await admin.get("/ru/staff/audit"))
        }
    }

    @Test("The second factor: recovery codes, in force, removal")
    func secondFactor() async throws {
        let clock = TestClock()
        try await AccountPortal.test(clock: clock) { portal async throws in
            let browser = portal.browser()
            try await portal.register(browser, "a@example.kz", username: "aigul")
            let path = "/ru/account/second-factor"
            try await browser.get(path)
            let page = try await browser.post(path, [("current", AccountPortal.password)])
            let secret = try #require(page.html.firstMatch(of: /<code>([A-Z2-7 ]+)<\/code>/).map { String($0.1) })
            try check("second-factor-wrong", try await browser.post(path + "/confirm", [("code", "000000")]))
            let code = AuthenticatorApp(secret: secret).code(at: clock.now)
            try check("second-factor-codes", try await browser.post(path + "/confirm", [("code", code)]))
            try check("second-factor-on", try await browser.get(path))
            try check("second-factor-off", try await browser.get(path + "/off"))
            try check("second-factor-renewal", try await browser.get(path + "/codes"))
            let other = portal.browser()
            try await portal.signIn(other, "aigul")
            try check("login-code", try await other.get("/ru/login/code"))
            try check("login-code-wrong", try await other.post("/ru/login/code", [("code", "000000")]))
            let late = portal.browser()
            try await late.get("/ru/login")
            try check("login-code-expired", try await late.post("/ru/login/code", [("code", "1")]))
        }
    }

    @Test("A new agreement, and a linked provider")
    func agreementAndProvider() async throws {
        let google: [AbsoluteConfigKey: ConfigValue] = [
            "google.client.id": ConfigValue(.string("client"), isSecret: false),
            "google.client.secret": ConfigValue(.string("secret"), isSecret: true),
        ]
        try await AccountPortal.test(google) { portal async throws in
            _ = try await portal.accounts.registerAccount(
                name: try PersonName("Айгүл"),
                email: try EmailAddress("a@example.kz"),
                language: .ru,
                agreement: AgreementVersion(rawValue: "2025-01"),
                from: RemoteAddress("192.0.2.1")
            )
            let path = AccountPortal.path(in: try await portal.mails().last)
            let browser = portal.browser()
            try check("login-provider", try await browser.get("/ru/login"))
            try await browser.get(path)
            try await browser.post(path, [("username", "aigul"), ("password", AccountPortal.password)])
            try check("agreement-new", try await browser.get("/ru/agreement/new?to=%2Fru%2Faccount"))
            try check("identities-open", try await browser.get("/ru/account/identities"))
            let outcome = try await portal.accounts.signInWithProvider(
                identity: AccountPortal.identity("a@example.kz"),
                language: .ru,
                device: Device(userAgent: "Firefox"),
                from: RemoteAddress("192.0.2.7")
            )
            guard case .needsConfirmation(let ticket, _) = outcome else {
                throw AccountPortal.Unexpected(what: "\(outcome)")
            }
            browser.plant(PortalCookies.Name.identity.rawValue, ticket.text)
            try check("provider-confirm", try await browser.get("/ru/auth/confirm"))
            try await browser.post("/ru/auth/confirm", [])
            try check("identities-linked", try await browser.get("/ru/account/identities"))
            try check("consents-two", try await browser.get("/kk/account/consents"))
        }
    }

    @Test("The mails of a portal in development, and an undelivered mail")
    func mails() async throws {
        let folder = try TemporaryFolder()
        let settings: [AbsoluteConfigKey: ConfigValue] = [
            "mail.folder": ConfigValue(.string(folder.url.path), isSecret: false)
        ]
        try await AccountPortal.test(settings) { portal async throws in
            let browser = portal.browser()
            try check("dev-mails-closed", try await browser.get("/dev/mail?lang=ru"))
            try await browser.get(try #require(portal.mailPath))
            try check("dev-mails-none", try await browser.get("/dev/mail?lang=ru"))
            try await browser.get("/ru/register")
            try await browser.post("/ru/register", try await portal.registration("a@example.kz"))
            _ = await portal.mail.sendDue()
            let list = try await browser.get("/dev/mail?lang=ru")
            try check("dev-mails", list)
            let path = try #require(list.html.firstMatch(of: /href="(\/dev\/mail\/[^"]+)"/)).1
            try check("dev-mail", try await browser.get(String(path)))
        }
    }
}
