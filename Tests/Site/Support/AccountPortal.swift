import Accounts
import Attachments
import Civic
import Configuration
import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Mail
import SQLiteStore
import TestSupport

@testable import AccountSite
@testable import MapSite
@testable import Portal
@testable import SiteKit
@testable import StaffSite

/// A portal with accounts and access to its mails.
struct AccountPortal: Sendable {
    static let password = "тау шыңындағы қар 77"

    let client: any TestClientProtocol
    let outbox: SQLiteOutbox
    let accounts: AccountUseCases
    /// Sends the waiting mails on demand.
    let mail: MailService
    /// The page of the mails with its key; nil when they are sent.
    let mailPath: String?
    /// Where files that come with forms are received; they are deleted with the portal.
    var uploads: TemporaryFolder?
    /// What can be done with attachments; nil in a portal without a store of them.
    var attachments: AttachmentUseCases?

    /// Runs a test against the router.
    ///
    /// - Parameters:
    ///   - hasCity: whether the tiny city is loaded, for pages other than those of accounts.
    ///   - scanner: judges attachments; without one they are available at once.
    static func test(
        _ values: [AbsoluteConfigKey: ConfigValue] = [:],
        clock: TestClock = TestClock(),
        database: (any DatabaseWriter)? = nil,
        hasCity: Bool = false,
        scanner: (any VirusScanner)? = nil,
        _ body: @Sendable (AccountPortal) async throws -> Void
    ) async throws {
        let database = try database ?? PortalDatabase.traced()
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        // A captcha that is solved instantly.
        var all = values
        all["captcha.max.number"] = all["captcha.max.number"] ?? ConfigValue(.int(20), isSecret: false)
        let parts = try await TestPortal.accounts(
            database,
            settings: try TestPortal.settings(all),
            logger: logger,
            now: { clock.now }
        )
        let city = hasCity ? try CityFixture(TinyCity.contents()) : try CityFixture()
        // People have the same numbers in every portal, so their files must not be in one folder.
        let uploads = try TemporaryFolder()
        var limits = AttachmentLimits()
        limits.leastFreeDisk = 0
        // All tests run at once, which makes each picture take long.
        limits.process.wallTime = .seconds(600)
        let attachments = AttachmentUseCases(
            store: SQLiteAttachmentStore(database),
            storage: try FileStorage(uploads.url.appending(path: "attachments")),
            scanner: scanner,
            limits: limits
        )
        let portal = try PortalApplication(
            store: city.store,
            accounts: parts,
            home: try TestPortal.home(),
            logger: logger,
            uploads: UploadSpool(uploads.url.appending(path: "incoming")),
            attachments: attachments
        )
        if hasCity { try await portal.live.load() }
        let application = Application(router: try await portal.router(), logger: logger)
        try await application.test(.router) { client in
            let portal = AccountPortal(
                client: DocumentedClient(client: client),
                outbox: SQLiteOutbox(database),
                accounts: parts.useCases,
                mail: parts.mail,
                mailPath: parts.mailPath,
                uploads: uploads,
                attachments: attachments
            )
            try await body(portal)
        }
    }

    func browser(_ headers: HTTPFields = [:]) -> TestBrowser { TestBrowser(client, headers: headers) }

    /// The waiting mails, oldest first; each is returned only once.
    func mails() async throws -> [OutgoingMail] {
        var mails: [OutgoingMail] = []
        while true {
            let batch = try await outbox.claimDue(at: Date() + 60, limit: 20, lease: .seconds(600))
            if batch.isEmpty { return mails }
            for queued in batch {
                mails.append(queued.mail)
                try await outbox.markSent(queued.id, at: Date())
            }
        }
    }

    /// The path of the first link in a mail.
    static func path(in mail: OutgoingMail?) -> String {
        let link = mail?.message.text.split(whereSeparator: \.isWhitespace).first { $0.hasPrefix("http://") } ?? ""
        return link.dropFirst("http://".count).drop { $0 != "/" }.description
    }

    /// The solution of a fresh challenge, computed as a browser would.
    func solvedCaptcha() async throws -> String {
        let challenge = try await client.text("/api/v1/captcha/challenge").body
        return try CaptchaSolver.response(to: Data(challenge.utf8))
    }

    /// The fields of a valid registration.
    func registration(_ email: String, name: String = "Айгүл Серікқызы") async throws -> [(String, String)] {
        [("name", name), ("email", email), ("agree", "1"), ("altcha", try await solvedCaptcha())]
    }

    /// Registers, opens the mailed link, chooses a password, and signs in.
    @discardableResult
    func register(_ browser: TestBrowser, _ email: String, username: String) async throws -> TestPage {
        try await browser.get("/ru/register")
        try await browser.post("/ru/register", try await registration(email))
        let path = Self.path(in: try await mails().last)
        try await browser.get(path)
        return try await browser.post(path, [("username", username), ("password", Self.password)])
    }

    /// Signs in with the password that `register` chose.
    @discardableResult
    func signIn(_ browser: TestBrowser, _ login: String, password: String = password) async throws -> TestPage {
        try await browser.get("/ru/login")
        let captcha = try await solvedCaptcha()
        return try await browser.post("/ru/login", [("login", login), ("password", password), ("altcha", captcha)])
    }
}
