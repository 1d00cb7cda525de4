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

/// The HTML of the pages behind mailed links, and of the pages that say that a mail was sent.
@Suite("Snapshots of mailed links")
struct MailedLinkSnapshotTests {
    private func check(_ name: String, _ page: TestPage) throws {
        try PageSnapshot(name: "account-" + name).check(page)
    }

    @Test("A forgotten password")
    func password() async throws {
        try await AccountPortal.test { portal async throws in
            try await portal.register(portal.browser(), "a@example.kz", username: "aigul")
            let browser = portal.browser()
            try await browser.get("/ru/password/forgot")
            let captcha = try await portal.solvedCaptcha()
            let sent = try await browser.post("/ru/password/forgot", [("login", "aigul"), ("altcha", captcha)])
            try check("forgot-sent", try await browser.get(sent.location ?? ""))
            let path = AccountPortal.path(in: try await portal.mails().last)
            try check("reset", try await browser.get(path))
            try check("reset-faults", try await browser.post(path, [("password", "1")]))
            let changed = try await browser.post(path, [("password", "жаңа ұзын құпиясөз 8")])
            try check("password-changed", try await browser.get(changed.location ?? ""))
            try check("reset-dead", try await browser.get(path))
        }
    }

    @Test("A change of the address: both confirmations, and without the old mailbox")
    func email() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try await portal.register(browser, "a@example.kz", username: "aigul")
            let change = [("email", "new@example.kz"), ("current", AccountPortal.password)]
            try await browser.get("/ru/account/email")
            try await browser.post("/ru/account/email", change)
            let links = try await portal.mails().map { AccountPortal.path(in: $0) }
            let both = links.filter { $0.contains("/email/confirm/") }
            #expect(both.count == 2)
            try check("email-confirm", try await browser.get(both[0]))
            try check("email-confirm-waits", try await browser.post(both[0], []))
            try await browser.get(both[1])
            try check("email-confirm-done", try await browser.post(both[1], []))
            try check("email-confirm-dead", try await browser.get(both[1]))
            try await browser.get("/ru/account/email")
            try await browser.post("/ru/account/email", [("email", "b@example.kz"), change[1]])
            _ = try await portal.mails()
            try check("email-lost", try await browser.get("/ru/account/email/lost"))
            try await browser.post("/ru/account/email/lost", [change[1]])
            try check("email-lost-pending", try await browser.get("/ru/account/email?done=lost"))
            let path = AccountPortal.path(in: try await portal.mails().last)
            let stranger = portal.browser()
            try check("email-cancel", try await stranger.get(path))
            try check("email-cancel-done", try await stranger.post(path, []))
            try check("email-cancel-dead", try await stranger.get(path))
        }
    }

    @Test("Deleting an account that has no password")
    func erasure() async throws {
        try await AccountPortal.test { portal async throws in
            let browser = portal.browser()
            try await portal.newcomer(browser, "a@example.kz")
            try check("delete-by-mail", try await browser.get("/ru/account/delete"))
            try check("delete-faults", try await browser.post("/ru/account/delete", []))
            let asked = try await browser.post("/ru/account/delete", [("sure", "1")])
            try check("delete-sent", try await browser.get(asked.location ?? ""))
            let path = AccountPortal.path(in: try await portal.mails().last)
            try check("erase", try await browser.get(path))
            let done = try await browser.post(path, [])
            try check("erased", try await browser.get(done.location ?? ""))
            try check("erase-dead", try await browser.get(path))
        }
    }

    @Test("The agreement in a version of its own")
    func agreement() async throws {
        try await AccountPortal.test { portal async throws in
            let version = try #require(AgreementText.versions.last)
            try check("agreement-version", try await portal.browser().get("/ru/agreement/\(version)"))
        }
    }
}
