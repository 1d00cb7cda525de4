import Accounts
import Civic
import Configuration
import Foundation
import HTTPTypes
import SQLiteStore
import TestSupport
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

@Suite struct StaffTests {
    // An administrator, invited from the command line.
    private func admin(_ portal: AccountPortal) async throws -> TestBrowser {
        let email = try EmailAddress("admin@example.kz")
        _ = try await portal.accounts.inviteStaff.fromConsole(email, role: .admin, language: .ru, isMailed: true)
        let path = AccountPortal.path(in: try await portal.mails().last)
        let browser = portal.browser()
        let page = try await browser.get(path)
        #expect(page.status == 200)
        #expect(page.html.contains("name=\"agree\""))
        let done = try await browser.post(
            path,
            [("name", "Админ"), ("username", "keeper"), ("password", AccountPortal.password), ("agree", "1")]
        )
        #expect(done.status == 303)
        return browser
    }

    @Test(
        "The staff pages do not exist for others",
        arguments: [
            "/ru/staff/users", "/ru/staff/users/1", "/ru/staff/mail", "/ru/staff/audit",
        ]
    )
    func hidden(path: String) async throws {
        try await AccountPortal.test { portal async throws in
            #expect(try await portal.browser().get(path).status == 303)
            let citizen = portal.browser()
            try await portal.register(citizen, "a@example.kz", username: "aigul")
            #expect(try await citizen.get(path).status == 404)
            #expect(
                try await citizen.post(path, [("email", "b@example.kz"), ("role", "admin")]).status == 404
                    || path.hasSuffix("audit")
            )
            #expect(!(try await citizen.get("/ru/account").html.contains("/staff/")))
        }
    }

    @Test("An administrator invites by mail and changes roles, and each view of a person is recorded")
    func invitesAndChanges() async throws {
        try await AccountPortal.test { portal async throws in
            let admin = try await admin(portal)
            try await portal.register(portal.browser(), "citizen@example.kz", username: "citizen")
            for path in ["/ru/account", "/kk/staff/users", "/en/staff/mail", "/ru/staff/audit"] {
                #expect(try await admin.get(path).status == 200, "\(path)")
            }
            let list = try await admin.get("/ru/staff/users")
            #expect(list.html.contains("admin@example.kz") && !list.html.contains("citizen@example.kz"))
            let invited = try await admin.post("/ru/staff/users", [("email", "op@example.kz"), ("role", "operator")])
            #expect(invited.location == "/ru/staff/users?done=invited")
            let mail = try #require(try await portal.mails().last)
            #expect(mail.recipient == "op@example.kz" && mail.message.text.contains("Оператор"))
            // The address is searched for by a form, because logs and histories keep queries.
            #expect(!(try await admin.get("/ru/staff/users?q=citizen").html.contains("citizen@example.kz")))
            #expect(try await admin.post("/ru/staff/users/find", [("q", "citizen")], token: "AAAA").status == 403)
            #expect(try await admin.get("/ru/staff/users/find").location == "/ru/staff/users")
            let found = try await admin.post("/ru/staff/users/find", [("q", "citizen@example.kz")])
            #expect(found.html.contains("method=\"post\" action=\"/ru/staff/users/find\""))
            #expect(found.html.contains("method=\"post\" action=\"/ru/staff/users\""))
            let path = try #require(found.html.firstMatch(of: /\/ru\/staff\/users\/\d+/).map { String($0.0) })
            let person = try await admin.get(path)
            #expect(person.html.contains("citizen@example.kz"))
            #expect(try await admin.post(path, [("role", "editor")]).location == path + "?done=role")
            let audit = try await admin.get("/ru/staff/audit").html
            let expected = [
                "Изменена роль", "Просмотрены личные данные", "Отправлено приглашение", "Житель → Редактор",
                ">список пользователей</td>", ">при активации</td>",
            ]
            for text in expected { #expect(audit.contains(text), "\(text)") }
            #expect(audit.firstMatch(of: /<td[^>]*>[A-Za-z_]+<\/td>/) == nil, "a word of the program's own is shown")
            #expect(!audit.contains("citizen@example.kz"))
            #expect(audit.contains("<a href=\"\(path)\">Айгүл Серікқызы</a>"), "people are told by name")
            #expect(try await admin.get("/ru/staff/audit").html.contains(">с фамилиями, именами и отчествами</td>"))
            #expect(try await portal.mails().contains { $0.message.subject == "Ваша роль изменена" })
        }
    }

    @Test("After some minutes changing rights asks for the password, and the form keeps what was chosen")
    func freshProof() async throws {
        let clock = TestClock()
        try await AccountPortal.test(clock: clock) { portal async throws in
            try await portal.register(portal.browser(), "citizen@example.kz", username: "citizen")
            let admin = try await admin(portal)
            #expect(!(try await admin.get("/ru/staff/users").html.contains("name=\"current\"")))
            clock.advance(by: 301)
            let list = try await admin.get("/ru/staff/users")
            #expect(list.html.contains("name=\"current\""))
            let fields = [("email", "op@example.kz"), ("role", "editor")]
            let refused = try await admin.post("/ru/staff/users", fields)
            #expect(refused.status == 422 && refused.html.contains("value=\"op@example.kz\""))
            #expect(refused.html.firstMatch(of: /value="editor"[^>]*checked/) != nil)
            #expect(try await admin.post("/ru/staff/users", fields + [("current", "wrong one")]).status == 422)
            #expect(try await portal.mails().allSatisfy { $0.recipient != "op@example.kz" })
            let found = try await admin.post("/ru/staff/users/find", [("q", "citizen@example.kz")])
            let path = try #require(found.html.firstMatch(of: /\/ru\/staff\/users\/\d+/).map { String($0.0) })
            try await admin.get(path)
            #expect(try await admin.post(path, [("role", "editor")]).status == 422)
            let proof = ("current", AccountPortal.password)
            #expect(try await admin.post(path, [("role", "editor"), proof]).location == path + "?done=role")
            // After a recent proof the next change needs none.
            #expect(try await admin.post(path, [("role", "citizen")]).location == path + "?done=role")
            #expect(try await admin.post("/ru/staff/users", fields).location == "/ru/staff/users?done=invited")
        }
    }

    @Test func theLastAdministratorStays() async throws {
        try await AccountPortal.test { portal async throws in
            let admin = try await admin(portal)
            try await admin.get("/ru/staff/users")
            let list = try await admin.post("/ru/staff/users/find", [("q", "keeper")])
            let path = try #require(list.html.firstMatch(of: /\/ru\/staff\/users\/\d+/).map { String($0.0) })
            try await admin.get(path)
            #expect(try await admin.post(path, [("role", "citizen")]).status == 422)
            try await admin.get("/ru/account/delete")
            let page = try await admin.post("/ru/account/delete", [("sure", "1"), ("current", AccountPortal.password)])
            #expect(page.status == 422)
            #expect(page.html.contains("единственный администратор"))
        }
    }

    @Test("Where a second factor is required, the staff pages stay closed until there is one")
    func secondFactorDemanded() async throws {
        let values =
            ["staff.second.factor": ConfigValue(.bool(true), isSecret: false)] as [AbsoluteConfigKey: ConfigValue]
        try await AccountPortal.test(values) { portal async throws in
            let admin = try await admin(portal)
            #expect(try await admin.get("/ru/staff/users").location == "/ru/account/second-factor")
            #expect(try await admin.get("/ru/account/second-factor").html.contains("второй фактор обязателен"))
            try await admin.get("/ru/account/second-factor")
            let page = try await admin.post("/ru/account/second-factor", [])
            let secret = try #require(page.html.firstMatch(of: /<code>([A-Z2-7 ]+)<\/code>/).map { String($0.1) })
            let code = AuthenticatorApp(secret: secret).code(at: Date())
            try await admin.post("/ru/account/second-factor/confirm", [("code", code)])
            #expect(try await admin.get("/ru/staff/users").status == 200)
        }
    }

    @Test("An undeliverable mail is shown with its reason and a masked address, and can be sent again")
    func undeliverableMail() async throws {
        try await AccountPortal.test { portal async throws in
            let admin = try await admin(portal)
            try await admin.get("/ru/staff/users")
            try await admin.post("/ru/staff/users", [("email", "bounce@example.kz"), ("role", "editor")])
            let mail = try #require(
                try await portal.outbox.claimDue(at: Date() + 60, limit: 1, lease: .seconds(60)).first
            )
            try await portal.outbox.giveUp(mail.id, at: Date(), reason: "550 no such mailbox")
            let page = try await admin.get("/ru/staff/mail")
            #expect(page.html.contains("550 no such mailbox"))
            #expect(page.html.contains("b•••@example.kz") && !page.html.contains("bounce@example.kz"))
            #expect(try await admin.post("/ru/staff/mail", [("mail", String(mail.id))]).status == 303)
            #expect(try await portal.mails().map(\.recipient) == ["bounce@example.kz"])
            #expect(try await admin.post("/ru/staff/mail", [("mail", "999")]).status == 422)
        }
    }
}
