import Civic
import Configuration
import Foundation
import HTTPTypes
import Synchronization
import Testing

@testable import AccountSite
@testable import Accounts
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

/// Responses when both the hashing threads and their queues are full.
@Suite struct BusyTests {
    private static let settings: [AbsoluteConfigKey: ConfigValue] = [
        "password.concurrency": ConfigValue(.int(1), isSecret: false),
        "password.queue": ConfigValue(.int(1), isSecret: false),
    ]
    private static let typed = "терілген құпиясөз 55"

    /// Keeps the thread and the queues of the hasher full while an operation runs.
    ///
    /// - Parameter queues: the queues to fill; a flood of strangers only fills theirs.
    private func whileFull<Result: Sendable>(
        _ portal: AccountPortal,
        _ queues: [PasswordHasher.Precedence] = [.other, .known],
        _ body: () async throws -> Result
    ) async throws -> Result {
        let (hasher, gate) = (portal.accounts.hasher, DispatchSemaphore(value: 0))
        var held: [Task<Void, Never>] = []
        for queue in queues {
            let isFull = Flag()
            while !isFull.value {
                held.append(
                    Task {
                        do { try await hasher.run(queue) { gate.wait() } } catch { isFull.set() }
                    }
                )
                try await Task.sleep(for: .milliseconds(1))
            }
        }
        func release() async {
            for _ in held { gate.signal() }
            for task in held { await task.value }
        }
        do {
            let result = try await body()
            await release()
            return result
        } catch {
            await release()
            throw error
        }
    }

    private final class Flag: Sendable {
        private let state = Mutex(false)

        var value: Bool { state.withLock { $0 } }

        func set() { state.withLock { $0 = true } }
    }

    /// Checks a refusal: in the reader's language, with a waiting time, without secrets.
    private func expectBusy(_ page: TestPage, _ language: Language, _ path: String) throws {
        let words = try Strings(language, folders: try TestPortal.resources("Locale"))
        #expect(page.status == 503, "\(path)")
        #expect(page.headers[.retryAfter].flatMap { Int($0) } ?? 0 > 0, "\(path)")
        #expect(page.headers[.cacheControl] == "no-store", "\(path)")
        #expect(page.html.contains("<html lang=\"\(language.rawValue)\">"), "\(path)")
        #expect(page.html.contains("role=\"alert\"") && page.html.contains(words["form_busy"]), "\(path)")
        #expect(page.html.contains("<form class=\"form\" method=\"post\""), "\(path): it can be sent again")
        for secret in [Self.typed, AccountPortal.password] { #expect(!page.html.contains(secret), "\(path)") }
    }

    @Test("A sign-in has to wait, keeps the name, and is not counted", arguments: [Language.kk, .ru, .en])
    func signIn(language: Language) async throws {
        try await AccountPortal.test(Self.settings) { portal async throws in
            try await portal.register(portal.browser(), "a@example.kz", username: "aigul")
            let (browser, path) = (portal.browser(), "/\(language.rawValue)/login")
            try await browser.get(path + "?to=/\(language.rawValue)/map")
            // More than the free attempts.
            var captchas: [String] = []
            for _ in 1...5 { captchas.append(try await portal.solvedCaptcha()) }
            let fields = [("login", "aigul"), ("to", "/\(language.rawValue)/map")]
            try await whileFull(portal) {
                for captcha in captchas {
                    let page = try await browser.post(
                        path,
                        fields + [("password", Self.typed), ("altcha", captcha)]
                    )
                    try expectBusy(page, language, path)
                    #expect(page.html.contains("name=\"login\"") && page.html.contains("value=\"aigul\""))
                    #expect(page.hidden("to") == "/\(language.rawValue)/map")
                    #expect(browser.cookies["oa_session"] == nil)
                }
            }
            let again = try await browser.post(
                path,
                fields + [("password", AccountPortal.password), ("altcha", try await portal.solvedCaptcha())]
            )
            #expect(again.location == "/\(language.rawValue)/map")
        }
    }

    @Test("While strangers flood their queue, the owner's known browser can still sign in and work")
    func knownBrowser() async throws {
        try await AccountPortal.test(Self.settings) { portal async throws in
            let browser = portal.browser()
            try await portal.register(browser, "a@example.kz", username: "aigul")
            try await browser.get("/kk/account")
            try await browser.post("/kk/logout", [])
            try await browser.get("/kk/login")
            let stranger = portal.browser()
            try await stranger.get("/kk/login")
            let fields = [("login", "aigul"), ("password", AccountPortal.password)]
            let captcha = ("altcha", try await portal.solvedCaptcha())
            let page = try await whileFull(portal, [.other]) {
                #expect(try await stranger.post("/kk/login", fields + [captcha]).status == 503)
                // It waits in the queue of known browsers and is served once a thread is free.
                let page = Task { try await browser.post("/kk/login", fields) }
                for _ in 0..<2_000 where portal.accounts.hasher.waits(.known) == 0 {
                    try await Task.sleep(for: .milliseconds(5))
                }
                #expect(portal.accounts.hasher.waits(.known) == 1)
                return page
            }
            #expect(try await page.value.location == "/kk/account")
        }
    }

    @Test("Mailed links are not used up by a busy server")
    func links() async throws {
        try await AccountPortal.test(Self.settings) { portal async throws in
            let browser = portal.browser()
            try await browser.get("/kk/register")
            try await browser.post("/kk/register", try await portal.registration("a@example.kz"))
            let activation = AccountPortal.path(in: try await portal.mails().last)
            try await browser.get(activation)
            let fields = [("username", "aigul"), ("password", AccountPortal.password)]
            try await whileFull(portal) {
                let page = try await browser.post(activation, fields)
                try expectBusy(page, .kk, activation)
                #expect(page.html.contains("value=\"aigul\""))
            }
            #expect(try await browser.post(activation, fields).location == "/kk/account?done=welcome")
            let other = portal.browser()
            try await other.get("/kk/password/forgot")
            try await other.post(
                "/kk/password/forgot",
                [("login", "aigul"), ("altcha", try await portal.solvedCaptcha())]
            )
            let reset = AccountPortal.path(in: try await portal.mails().last)
            try await other.get(reset)
            try await whileFull(portal) {
                try expectBusy(try await other.post(reset, [("password", Self.typed)]), .kk, reset)
                #expect(try await browser.get("/kk/account").status == 200, "no session has ended")
            }
            #expect(try await other.post(reset, [("password", Self.typed)]).status == 303)
        }
    }

    @Test("Every account page that asks for the password says so, keeps the other fields, and changes nothing")
    func accountPages() async throws {
        try await AccountPortal.test(Self.settings) { portal async throws in
            let browser = portal.browser()
            try await portal.register(browser, "a@example.kz", username: "aigul")
            let pages: [(part: String, fields: [(String, String)], kept: String)] = [
                ("password", [("password", Self.typed)], "name=\"password\""),
                ("email", [("email", "new@example.kz")], "value=\"new@example.kz\""),
                ("data", [], ""), ("delete", [("sure", "1")], "checked"),
            ]
            try await whileFull(portal) {
                for (part, fields, kept) in pages {
                    let path = "/ru/account/\(part)"
                    try await browser.get(path)
                    let page = try await browser.post(path, fields + [("current", AccountPortal.password)])
                    try expectBusy(page, .ru, path)
                    #expect(kept.isEmpty || page.html.contains(kept), "\(path)")
                }
            }
            #expect(try await portal.mails().isEmpty)
            #expect(try await browser.get("/ru/account").html.contains("a@example.kz"))
            try await browser.get("/ru/account/data")
            let copy = try await browser.post("/ru/account/data", [("current", AccountPortal.password)])
            #expect(copy.status == 200, "none of it was a failed try")
            #expect(try await portal.signIn(portal.browser(), "aigul").status == 303, "the password is the same")
        }
    }

    @Test func pagesThatHashNothingGoOn() async throws {
        try await AccountPortal.test(Self.settings) { portal async throws in
            let browser = portal.browser()
            try await portal.register(browser, "a@example.kz", username: "aigul")
            try await whileFull(portal) { () async throws in
                for path in ["/ru/account", "/ru/account/sessions", "/ru/account/name", "/ru/agreement"] {
                    #expect(try await browser.get(path).status == 200, "\(path)")
                }
                #expect(try await portal.browser().get("/ru/login").status == 200)
            }
        }
    }
}
