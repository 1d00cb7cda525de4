import Accounts
import Civic
import Configuration
import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import SQLiteStore
import TestSupport
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
            let uploads = try #require(portal.uploads).url
            let before = try await Self.contents(of: database)
            let files = try Self.files(in: uploads)
            for token in ["", foreign] {
                for path in paths {
                    let filled = path.replacing("{token}", with: SecretToken().text).replacing(/\{[a-z]+\}/, with: "1")
                    let answer = try await browser.post(filled, Self.fields, token: token)
                    Self.expectRefusal(answer, of: path)
                    let multipart = try await browser.postMultipart(filled, Self.fields, token: token)
                    #expect(multipart.status == answer.status, "\(path): \(multipart.status)")
                    Self.expectRefusal(multipart, of: path)
                    let file = (field: "file", name: "a.txt", content: "text")
                    try await browser.postMultipart(filled, Self.fields, files: [file], token: token)
                }
            }
            let after = try await Self.contents(of: database)
            // Showing a page for staff again records that the people on it were seen.
            let changed = Set(after).symmetricDifference(before).filter { !$0.contains("personalDataViewed") }
            #expect(changed.isEmpty)
            #expect(try Self.files(in: uploads) == files)
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

    /// Where a form without its token leads when the framework does not show it again.
    ///
    /// The paths are without their language.
    private static let redirects = [
        "/account/email/cancel": "/account", "/account/email/lost": "/account/email",
        "/account/second-factor/confirm": "/account/second-factor",
    ]

    /// Lists of things with a button each, which are shown again with a message.
    private static let lists: Set = ["/account/identities", "/staff/mail"]

    /// Tables that may change when a form is refused, each with the reason.
    private static let unwatched: [String: String] = [:]

    /// Checks that a form was answered with one of the framework's refusals: it is shown again as stale, there is no such page or
    /// it is not for this person, or the link of a mail has expired.
    private static func expectRefusal(_ answer: TestPage, of path: String) {
        let page = path.replacing(/^\/[a-z]{2}\//, with: "/")
        if answer.status == 422 {
            #expect(lists.contains(page), "\(path)")
        } else if answer.status == 303, let target = redirects[page] {
            #expect(answer.location?.replacing(/^\/[a-z]{2}\//, with: "/") == target, "\(path)")
        } else {
            #expect([403, 404, 410].contains(answer.status), "\(path): \(answer.status) \(answer.location ?? "")")
        }
    }

    /// The rows of all tables of the portal except the unwatched ones.
    private static func contents(of database: any DatabaseWriter) async throws -> [String] {
        try await database.read { db in
            let tables = try String.fetchAll(
                db,
                sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
            )
            #expect(tables.contains("saved_draft") && tables.count >= 20)
            #expect(Set(unwatched.keys).isSubset(of: tables), "a name of the list is no table")
            return try tables.filter { unwatched[$0] == nil }.flatMap { table in
                try Row.fetchAll(db, sql: "SELECT * FROM \"\(table)\"").map { "\(table): \($0)" }.sorted()
            }
        }
    }

    /// The files that forms brought, except the locks of processes.
    private static func files(in folder: URL) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted().filter { path in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: folder.appending(path: path).path, isDirectory: &isFolder)
                && !isFolder.boolValue && !path.hasSuffix(".lock")
        }
    }
}
