import Configuration
import Foundation
import Mail
import Testing

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

/// Mails in a folder contain personal data like the database, and are erased with the account.
@Suite struct KeptMailsTests {
    private static let (first, second, other) = ("first@example.kz", "second@example.kz", "other@example.kz")

    private func inFolder(_ body: @Sendable (AccountPortal, URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "kept-mails-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let settings: [AbsoluteConfigKey: ConfigValue] = [
            "mail.folder": ConfigValue(.string(folder.path), isSecret: false)
        ]
        try await AccountPortal.test(settings) { portal in try await body(portal, folder) }
    }

    /// The path in the newest mail to a recipient, after all waiting mails were written.
    private func path(_ portal: AccountPortal, _ folder: URL, to recipient: String) async throws -> String {
        _ = await portal.mail.sendDue()
        let entry = try #require(try MailFolder(folder).list().first { $0.recipient == recipient })
        let link = entry.text.split(whereSeparator: \.isWhitespace).first { $0.hasPrefix("http://") } ?? ""
        return link.dropFirst("http://".count).drop { $0 != "/" }.description
    }

    private func register(
        _ portal: AccountPortal,
        _ browser: TestBrowser,
        _ email: String,
        _ username: String,
        _ folder: URL
    ) async throws {
        try await browser.get("/ru/register")
        try await browser.post("/ru/register", try await portal.registration(email))
        let path = try await path(portal, folder, to: email)
        try await browser.get(path)
        try await browser.post(path, [("username", username), ("password", AccountPortal.password)])
    }

    /// The files that contain a text, plain or in the base64 of a mail.
    private func files(_ folder: URL, with text: String) throws -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return try names.filter { name in
            try String(contentsOf: folder.appending(path: name), encoding: .utf8).contains(text)
        }
    }

    @Test("Erasing an account deletes the mails to every address that it had or was to have, and no others")
    func erasure() async throws {
        try await inFolder { portal, folder async throws in
            let (browser, stays) = (portal.browser(), portal.browser())
            try await register(portal, browser, Self.first, "aigul", folder)
            try await register(portal, stays, Self.other, "berik", folder)
            try await browser.get("/ru/account/email")
            try await browser.post(
                "/ru/account/email",
                [("email", Self.second), ("current", AccountPortal.password)]
            )
            for email in [Self.first, Self.second] {
                let link = try await path(portal, folder, to: email)
                try await browser.get(link)
                try await browser.post(link, [])
            }
            _ = await portal.mail.sendDue()
            for email in [Self.first, Self.second, Self.other] {
                #expect(try files(folder, with: email).count >= 2, "\(email): .eml and .json")
            }
            try await browser.get("/ru/account/delete")
            let gone = try await browser.post(
                "/ru/account/delete",
                [("sure", "1"), ("current", AccountPortal.password)]
            )
            #expect(gone.location == "/ru/erased")
            for email in [Self.first, Self.second] { #expect(try files(folder, with: email) == [], "\(email)") }
            #expect(try files(folder, with: Self.other).count >= 2)
            // The farewell mail is the only one that follows.
            _ = await portal.mail.sendDue()
            let left = try MailFolder(folder).list().filter { $0.recipient != Self.other }
            #expect(left.map(\.subject) == ["Учётная запись удалена"] && left.map(\.recipient) == [Self.second])
        }
    }

    @Test("Erasing by the mailed link works the same, and deletes that mail too")
    func erasureByMail() async throws {
        try await inFolder { portal, folder async throws in
            let browser = portal.browser()
            try await portal.newcomer(browser, Self.first)
            try await browser.get("/ru/account/delete")
            try await browser.post("/ru/account/delete", [("sure", "1")])
            let link = try await path(portal, folder, to: Self.first)
            #expect(try files(folder, with: Self.first).count >= 2)
            try await browser.get(link)
            #expect(try await browser.post(link, []).location == "/ru/erased")
            #expect(try files(folder, with: Self.first) == [])
        }
    }

    @Test func whereNoMailWasWrittenTheAccountGoesAllTheSame() async throws {
        try await inFolder { portal, folder async throws in
            let browser = portal.browser()
            try await portal.register(browser, Self.first, username: "aigul")
            #expect(!FileManager.default.fileExists(atPath: folder.path))
            try await browser.get("/ru/account/delete")
            let gone = try await browser.post(
                "/ru/account/delete",
                [("sure", "1"), ("current", AccountPortal.password)]
            )
            #expect(gone.location == "/ru/erased")
        }
    }
}
