import Civic
import Configuration
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import SQLiteStore
import TestSupport

@testable import AccountSite
@testable import SiteKit

/// A portal with accounts and a form with files, for everybody and for those who are signed in.
struct FileFormPortal {
    static let open = "/ru/letters"
    static let personal = "/ru/letters/mine"

    let portal: AccountPortal
    /// The files that the forms of the portal keep.
    let files: KeptFiles

    static func test(_ body: @escaping @Sendable (FileFormPortal) async throws -> Void) async throws {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let database = try PortalDatabase.inMemory()
        let parts = try await TestPortal.accounts(
            database,
            settings: try TestPortal.settings(["captcha.max.number": .init(.int(20), isSecret: false)]),
            logger: logger
        )
        let uploads = try TemporaryFolder()
        let spool = UploadSpool(uploads.url.appending(path: "incoming"))
        let words = try TestWalks()
        var letters = words.feature
        letters.routes = { routes, site in
            for pages in routes.pages { LetterPages(site: site).add(to: pages) }
        }
        let router = try words.router(
            [Feature.accounts(parts, logger: logger), letters],
            accounts: parts,
            spool: spool
        )
        let application = Application(router: try router.router(), logger: logger)
        try await application.test(.router) { client in
            let portal = AccountPortal(
                client: DocumentedClient(client: client),
                outbox: SQLiteOutbox(database),
                accounts: parts.useCases,
                mail: parts.mail,
                mailPath: parts.mailPath,
                uploads: uploads
            )
            try await body(FileFormPortal(portal: portal, files: spool.keptFiles))
        }
    }

    /// A file of a form.
    static func pdf(_ field: String, _ name: String, size: Int = 100) -> (field: String, name: String, content: String)
    {
        (field, name, "%PDF-" + String(repeating: "x", count: size - 5))
    }

    /// Ends the sessions of a browser's owner from elsewhere.
    func endSessions(_ login: String) async throws {
        let other = portal.browser()
        try await portal.signIn(other, login)
        try await other.get("/ru/account/sessions")
        try await other.post("/ru/account/sessions", [])
    }
}

extension TestPage {
    /// The ids of the files of a field that the page shows, in their order.
    func kept(_ field: String) -> [String] {
        html.matches(of: /name="([a-z]+)_kept" value="([^"]+)"/).filter { $0.1 == field }.map { String($0.2) }
    }
}

/// Letters with scans and a plan; a letter needs a text.
private struct LetterPages: PageResponder {
    static let scans = FileRules.Field("scans", count: 3, bytes: 1_000, formats: [.pdf])
    static let plan = FileRules.Field("plan", count: 1, bytes: 1_000, formats: [.pdf, .webp])
    static let files = FileRules([scans, plan], totalBytes: 2_000)

    let site: SiteEnvironment

    func add(to routes: PageRoutes) {
        routes.get("/letters") { form($0, empty, page) }
        routes.post("/letters", files: Self.files) { request, body in try await take(request, body) }
        routes.post("/petitions", files: Self.files) { request, body in try await take(request, body) }
        routes.get("/letters/mine", signedIn { request, _ in form(request, empty, page) })
        routes.post("/letters/mine", files: Self.files, signedIn { request, _, body in try await take(request, body) })
    }

    private func take(_ request: PageRequest, _ body: FormBody) async throws -> FormAction {
        var form = empty
        form.take(body)
        try await findFiles(&form, body, request)
        return FormAction(
            stale: { [form] in stale(request, form, page) },
            perform: { verified in
                try await takeFiles(&form, verified.body, request)
                _ = form.text("text", words(request))
                if form.hasFaults { return self.form(request, form, page) }
                await deleteFiles(of: [form], request)
                return notice(request, title: "sent", form.answersShown(words(request)).map(\.value))
            }
        )
    }

    private var empty: Form {
        Form([
            .text("text", "Text", limit: 100), .files(Self.scans, "Scans").with(isRequired: false),
            .files(Self.plan, "Plan").with(isRequired: false),
        ])
    }

    private var page: FormPage { FormPage(title: "Letter", submit: "Send") }
}
