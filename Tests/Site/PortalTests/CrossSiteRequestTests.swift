import Accounts
import Civic
import Configuration
import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import SQLiteStore
import Testing

@testable import AccountSite
@testable import Portal
@testable import SiteKit

/// Posts to every page route that changes something, without a CSRF token and with that of another browser.
@Suite("Cross-site requests") struct CrossSiteRequestTests {
    @Test("No page route accepts a form without the token of its browser, and nothing is changed")
    func everyRoute() async throws {
        let table = RouteTable()
        _ = try await TestPortal.router(table: table)
        let paths = table.all.filter { $0.method == "POST" && $0.policy.knowsVisitor }.map(\.path)
        #expect(paths.count >= 100)
        let database = try PortalDatabase.inMemory()
        try await AccountPortal.test(database: database) { portal async throws in
            let email = try EmailAddress("admin@example.kz")
            _ = try await portal.accounts.inviteStaff.fromConsole(email, role: .admin, language: .ru, isMailed: true)
            let link = AccountPortal.path(in: try await portal.mails().last)
            let (browser, attacker) = (portal.browser(), portal.browser())
            try await browser.get(link)
            try await browser.post(
                link,
                [("name", "Админ"), ("username", "keeper"), ("password", AccountPortal.password), ("agree", "1")]
            )
            _ = try await portal.mails()
            let foreign = try #require(try await attacker.get("/ru/login").hidden("csrf"))
            let before = try await Self.contents(of: database)
            for token in ["", foreign] {
                for path in paths {
                    let path = path.replacing("{token}", with: SecretToken().text).replacing(/\{[a-z]+\}/, with: "1")
                    let answer = try await browser.post(path, Self.fields, token: token)
                    #expect(![200, 201, 204].contains(answer.status), "\(path): \(answer.status)")
                    let multipart = try await browser.postMultipart(path, Self.fields, token: token)
                    #expect(multipart.status == answer.status, "\(path): \(multipart.status)")
                }
            }
            let after = try await Self.contents(of: database)
            // Showing a page for staff again records that the people on it were seen.
            let changed = Set(after).symmetricDifference(before).filter { !$0.contains("personalDataViewed") }
            #expect(changed.isEmpty)
            #expect(try await browser.get("/ru/account").status == 200, "the session goes on")
        }
    }

    @Test("An action is performed only for a form whose token was checked")
    func unverified() async throws {
        func action(_ performed: @escaping () -> Void) -> FormAction {
            FormAction(
                stale: { Response(status: .forbidden) },
                perform: { _ in
                    performed()
                    return Response(status: .ok)
                }
            )
        }
        var count = 0
        #expect(try await action { count += 1 }.response(to: FormBody(), isValid: false).status == .forbidden)
        #expect(count == 0)
        #expect(try await action { count += 1 }.response(to: FormBody(), isValid: true).status == .ok)
        #expect(count == 1)
    }

    /// What the actions need besides the token, so that only the token is missing.
    private static let fields = [
        ("name", "Другое имя"), ("username", "other"), ("email", "new@example.kz"), ("current", AccountPortal.password),
        ("password", "другой пароль 77"), ("code", "123456"), ("agree", "1"), ("sure", "1"), ("role", "editor"),
        ("phone", "+7 701 234 56 78"), ("language", "kk"), ("appeals", "1"), ("q", "a"), ("mail", "1"),
    ]

    /// The rows of all tables but the counters of attempts, which count refused forms too.
    private static func contents(of database: any DatabaseWriter) async throws -> [String] {
        try await database.read { db in
            let tables = try String.fetchAll(
                db,
                sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
            )
            let own = Set(["person", "session", "registration", "outbox", "consent", "identity"])
            return try tables.filter { table in
                own.contains(table) || table.lowercased().contains("token") || table.lowercased().contains("audit")
                    || table.lowercased().contains("email") || table.lowercased().contains("factor")
            }
            .flatMap { table in
                try Row.fetchAll(db, sql: "SELECT * FROM \"\(table)\"").map { "\(table): \($0)" }.sorted()
            }
        }
    }
}
