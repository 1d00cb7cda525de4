import Civic
import Foundation
import Hummingbird
import Logging
import Synchronization
import TestSupport
import Testing

@testable import AccountSite
@testable import SiteKit

struct WalksPage: PageModel {
    static let template = "walks"

    let title: String
    let count: Int
}

/// A feature whose templates, words and style sheet are in a folder of the test.
final class TestWalks: Sendable {
    private static let words = ["kk": "Серуендер", "ru": "Прогулки", "en": "Walks"]
    private static let template = """
        {{<layout}}
        {{$head}}<link rel="stylesheet" href="{{site.walks_css}}">{{/head}}
        {{$content}}<h1>{{t.walks_title}}: {{count}}</h1>{{/content}}
        {{/layout}}
        """

    let sweeps = Mutex(0)
    private let folder = try? TemporaryFolder()
    private let paths: ResourcePaths

    /// Writes the files of the feature.
    ///
    /// - Parameter words: further words, each by language.
    init(words: [String: [String: String]] = [:]) throws {
        let program = try #require(folder).url
        let resources = program.appending(path: "OpenAlmaty_TestWalks.resources/Resources")
        for name in ["Templates", "Locale", "Public", "Styles"] {
            try FileManager.default.createDirectory(
                at: resources.appending(path: name),
                withIntermediateDirectories: true
            )
        }
        func write(_ text: String, _ path: String) throws {
            try Data(text.utf8).write(to: resources.appending(path: path))
        }
        try write(Self.template, "Templates/walks.mustache")
        try write("h1 { color: inherit; }\n", "Public/walks.css")
        try write(".walks-count { color: inherit; }\n", "Styles/count.css")
        for (language, title) in Self.words {
            var texts = ["walks_title": title, "walks_about": title, "walks_credit": title]
            texts.merge(words.compactMapValues { $0[language] }) { $1 }
            try JSONEncoder().encode(texts)
                .write(to: resources.appending(path: "Locale/\(language).json"))
        }
        paths = try ResourcePaths(
            folder: ProductFolder.url.path,
            executable: program.appending(path: "openalmaty").path
        )
    }

    var feature: Feature {
        var feature = Feature(module: "TestWalks")
        feature.pages = [WalksPage.self]
        feature.navigation = [NavigationEntry("walks_title") { Link(language: $0).root + "/walks" }]
        feature.footer = [NavigationEntry("walks_about") { Link(language: $0).root + "/walks/about" }]
        feature.credits = [Credit("walks_credit", link: "https://walks.example/")]
        feature.contentSources = ContentSources(images: ["https://tiles.walks.example"])
        feature.readiness = { () throws(Problem) in [.number("walks", 3)] }
        feature.sweeps = [Sweep(failure: "Walks not swept") { [self] in sweeps.withLock { $0 += 1 } }]
        feature.routes = { routes, site in
            for pages in routes.pages {
                pages.get("/walks") { site.pages.page(WalksPage(title: "Walks", count: 3), for: $0) }
            }
            routes.sharedCalls.get("/api/v1/walks") { _, _ in
                var writer = JSONWriter()
                writer.integer(3)
                return Answer.json(writer)
            }
        }
        return feature
    }

    /// A portal of features.
    ///
    /// - Parameter accounts: what the accounts among them are made of; nil in a portal without accounts.
    func router(
        _ features: [Feature],
        accounts: PortalAccounts? = nil,
        spool: UploadSpool = .temporary,
        port: Int = 0
    ) throws -> PortalRouter {
        PortalRouter(
            features: features,
            parts: PortalRouter.Parts(
                paths: paths,
                tokens: try accounts?.tokens ?? CSRFTokens(ValueSealer(try KeyRing.random())),
                spool: spool,
                address: accounts?.address ?? PortalAddress(publicURL: nil, host: "127.0.0.1", port: port),
                publicURL: nil,
                connection: accounts?.connection
                    ?? ClientConnection(proxies: TrustedProxies(), isPublicSecure: false),
                portalOperator: accounts?.portalOperator ?? PortalOperator(),
                metricsToken: nil,
                probe: nil,
                logger: Logger(label: "test")
            )
        )
    }
}
