import Civic
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing

@testable import AccountSite
@testable import MapSite
@testable import SiteKit

/// Composes portals from features: one without accounts, and some with a feature that only this test has.
@Suite("Portals composed of features") struct CompositionTests {
    @Test("A feature's pages, navigation, words, credits and API appear by listing it, and nothing else is edited")
    func tinyFeature() async throws {
        let walks = try TestWalks()
        try await walks.router([walks.feature]).client { client in
            for (language, title) in [("kk", "Серуендер"), ("ru", "Прогулки"), ("en", "Walks")] {
                let (status, html) = try await client.text("/\(language)/walks")
                #expect(status == 200)
                #expect(html.contains("<h1>\(title): 3</h1>"))
                #expect(html.contains("<li><a href=\"/\(language)/walks\" aria-current=\"page\">\(title)</a></li>"))
                #expect(html.contains("<a href=\"/\(language)/walks/about\">\(title)</a>"))
                #expect(html.contains("href=\"https://walks.example/\""))
                #expect(html.contains("/assets/walks.css?v="))
                #expect(!html.contains("account-link") && !html.contains("header-search"))
            }
            try await client.execute(uri: "/ru/walks", method: .get) { response in
                #expect(response.headers[.contentSecurityPolicy]?.contains("https://tiles.walks.example") == true)
            }
            try await client.execute(uri: "/api/v1/walks", method: .get) { response in
                #expect(String(buffer: response.body) == "3")
                #expect(response.headers[.accessControlAllowOrigin] == "*")
            }
            #expect(try await client.json("/readyz").body["walks"] as? Int == 3)
            #expect(try await client.text("/assets/app.css").body.contains(".walks-count {"))
        }
    }

    @Test("Whatever a feature declares has a label in every language", arguments: Language.allCases)
    func labels(language: Language) async throws {
        let features = try await TestPortal.features()
        let words = try Strings(language, folders: try TestPortal.resources("Locale"))
        let kinds = features.flatMap(\.auditKinds)
        #expect(kinds.count > 20 && Set(kinds).count == kinds.count)
        let labels =
            kinds.map { "audit_\($0.rawValue)" } + features.flatMap(\.navigation).map(\.label)
            + features.flatMap(\.footer).map(\.label) + features.flatMap(\.staffPages).map(\.label)
            + features.flatMap(\.credits).map(\.label)
        for label in labels { #expect(words.texts[label] != nil, "\(label)") }
        let grants = features.reduce(PermissionGrants([:])) { $0.adding($1.grants) }
        for page in features.flatMap(\.staffPages) {
            #expect(!grants.roles(with: page.permission).isEmpty, "nobody may open \(page.label)")
        }
    }

    @Test("The permission that a feature grants to a role opens its page for staff")
    func grants() async throws {
        let walks = try TestWalks()
        var feature = walks.feature
        feature.grants = PermissionGrants([.editor: [.walk]])
        feature.signIn = NamedSignIn()
        let routes = feature.routes
        feature.routes = { groups, site in
            try routes(groups, site)
            for pages in groups.pages {
                pages.get("/staff/walks") { request in
                    guard request.visitor.person?.may(.walk) == true else { throw Problem.notFound }
                    return site.pages.page(WalksPage(title: "Walks", count: 4), for: request)
                }
            }
        }
        try await walks.router([feature]).client { client in
            for (role, status) in [("editor", 200), ("planner", 404), ("admin", 200)] {
                let answer = try await client.text("/ru/staff/walks", headers: [.cookie: "oa_session=\(role)"])
                #expect(answer.status == status, "\(role)")
            }
        }
    }

    @Test("Errors of a feature's routes have the form of their group")
    func errors() async throws {
        let walks = try TestWalks()
        try await walks.router([walks.feature]).client { client in
            let (status, html) = try await client.text("/ru/walks/none")
            #expect(status == 404 && html.contains("<html lang=\"ru\">"))
            try await client.execute(uri: "/api/v1/none", method: .get) { response in
                #expect(response.status == .notFound)
                #expect(response.headers[.contentType]?.hasPrefix("application/problem+json") == true)
            }
        }
    }

    @Test("The sweeps of features run when the server starts")
    func sweeps() async throws {
        let walks = try TestWalks()
        let group = ServiceGroup(services: try walks.router([walks.feature]).services, logger: Logger(label: "test"))
        async let run: Void = group.run()
        while walks.sweeps.withLock({ $0 }) == 0 { try await Task.sleep(for: .milliseconds(5)) }
        await group.triggerGracefulShutdown()
        try await run
    }

    @Test("A portal without accounts serves the map, and has no sign-in, no account pages and no pages for staff")
    func withoutAccounts() async throws {
        let walks = try TestWalks()
        try await TestPortal.live { live, map in
            let feature = Feature.map(
                live: live,
                map: map,
                connection: ClientConnection(proxies: TrustedProxies(), isPublicSecure: false),
                batchResults: 100
            )
            try await walks.router([feature, walks.feature]).client { client in
                for page in ["", "map", "directory", "districts", "search?q=школа", "walks"] {
                    let (status, html) = try await client.text("/ru/\(page)")
                    #expect(status == 200, "\(page)")
                    #expect(!html.contains("{{") && !html.contains("account"), "\(page)")
                }
                for page in ["login", "register", "account", "staff/users", "agreement"] {
                    #expect(try await client.text("/ru/\(page)").status == 404, "\(page)")
                }
                #expect(try await client.json("/api/v1/districts").status == 200)
                try await client.execute(uri: "/language/kk?to=/ru/walks", method: .get) { response in
                    #expect(response.headers[.location] == "/kk/walks")
                }
            }
        }
    }
}

extension Permission {
    fileprivate static let walk = Permission(rawValue: "walk")
}

/// Takes the text of the session cookie for the name of a role, with no permissions of its own.
private struct NamedSignIn: SignInProvider {
    func session(for token: String) async throws -> SignedIn? {
        guard let role = Role(rawValue: token) else { return nil }
        return SignedIn(
            person: PersonID(rawValue: 1),
            session: SessionID(rawValue: 1),
            name: try PersonName("Әсел"),
            username: try Username("asel"),
            language: .ru,
            role: role,
            permissions: [],
            mustSetUpSecondFactor: false,
            formSeed: Data(),
            expires: .distantFuture
        )
    }

    func changeLanguage(_ person: PersonID, to language: Language) async throws {}

    func gate(_ site: SiteEnvironment) -> any SignInGate { ClosedGate() }
}

/// Sign-in pages that nobody is led to.
private struct ClosedGate: SignInGate {
    func headerLink(_ request: PageRequest) -> (href: String, label: String, icon: String, isCurrent: Bool) {
        ("/", "", "", false)
    }

    func leadToSignIn(_ request: PageRequest) async throws -> Response { throw Problem.notFound }

    func restoring(
        _ request: PageRequest,
        _ person: SignedIn,
        _ answer: (PageRequest, SignedIn) async throws -> Response
    ) async throws -> Response { try await answer(request, person) }

    func secondFactorPath(_ language: Language) -> String { "/" }

    func rightsProof(_ request: PageRequest, _ person: SignedIn) async throws -> [FormField] { [] }

    func rightsRefusal(
        _ request: PageRequest,
        _ person: SignedIn,
        _ body: FormBody,
        _ form: Form,
        _ page: FormPage
    ) async throws -> Response? { nil }

    func demandFreshSignIn(_ request: PageRequest, _ form: Form, _ page: FormPage) -> Response {
        Response(status: .forbidden)
    }
}

extension PortalRouter {
    /// Runs a test against the router.
    fileprivate func client(_ body: @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        let application = Application(router: try router(), logger: Logger(label: "test"))
        try await application.test(.router) { client in try await body(client) }
    }
}
