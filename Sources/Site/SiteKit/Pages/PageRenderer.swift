package import Civic
import Foundation
package import HTTPTypes
package import Hummingbird
import Logging
import NIOCore

/// Renders pages inside the common layout.
package struct PageRenderer: Sendable {
    /// The pages of the site kit itself.
    static let ownPages: [any PageModel.Type] = [ErrorPage.self, PlainForm.self, NoticePage.self, AnswersPage.self]

    /// The words of all languages.
    package let strings: StringCatalogue
    private let library: PageLibrary
    private let navigation: [NavigationEntry]
    private let searchPath: @Sendable (Language) -> String?
    private let gate: (any SignInGate)?

    /// Reads the templates of all features and compiles that of each page.
    ///
    /// - Parameters:
    ///   - features: the features, whose pages, addresses, navigation and credits are shown.
    ///   - folders: the resource folders of the site kit and of the features.
    /// - Throws: `SiteError.unreadableTemplate`, also when a template refers to a member that its page does not have.
    init(
        features: [Feature],
        folders: [URL],
        strings: StringCatalogue,
        assets: Assets,
        operator portalOperator: PortalOperator
    ) throws(SiteError) {
        // The search box and the fields with a map belong to a feature; without it they are not shown.
        var texts = ["search_box": "", "form/field_address": "", "form/field_point": ""]
        for folder in folders {
            texts.merge(try TemplateSource.texts(in: folder.appending(path: "Templates"))) { $1 }
        }
        self.strings = strings
        navigation = features.flatMap(\.navigation)
        searchPath = { language in features.lazy.compactMap { $0.addresses(language)["search_action"] }.first }
        gate = nil
        var library = PageLibrary()
        do {
            let templates = try TemplateLibrary(texts)
            for language in Language.allCases {
                try Self.add(features, to: &library, templates, strings[language], assets, portalOperator)
            }
        } catch {
            throw .unreadableTemplate("\(error)")
        }
        self.library = library
    }

    /// Compiles the templates of all pages in one language.
    ///
    /// - Throws: `TemplateError` when a template names what its page does not have, or a word that does not exist.
    static func add(
        _ features: [Feature],
        to library: inout PageLibrary,
        _ templates: TemplateLibrary,
        _ words: Strings,
        _ assets: Assets,
        _ portalOperator: PortalOperator
    ) throws(TemplateError) {
        let language = words.language
        let site = features.reduce(into: assets.links) { $0.merge($1.addresses(language)) { $1 } }
        let constants = ["t": words.texts, "site": site.merging(Self.site(language)) { $1 }]
        let filled = try templates.filling(
            templates.names.filter { $0.hasPrefix("foot/") },
            with: PageFooter(words, features.flatMap(\.footer), features.flatMap(\.credits), portalOperator),
            constants: constants
        )
        for page in ownPages + features.flatMap(\.pages) {
            let frames: [any Codable.Type] =
                page is any FramedPage.Type ? [PageLayout.self, FormFrame.self] : [PageLayout.self]
            try library.add(page, in: frames, language: language.rawValue, from: filled, constants: constants)
        }
    }

    private init(_ other: PageRenderer, gate: any SignInGate) {
        (strings, library, navigation) = (other.strings, other.library, other.navigation)
        (searchPath, self.gate) = (other.searchPath, gate)
    }

    /// A copy that shows the link to the sign-in pages in the header.
    func with(gate: any SignInGate) -> PageRenderer { PageRenderer(self, gate: gate) }

    /// Renders a page from its model, which one of the features lists.
    ///
    /// - Parameter frame: what is around the contents of a `FramedPage`; nil for other pages.
    package func page(
        _ page: any PageModel,
        in frame: FormFrame? = nil,
        for request: PageRequest,
        status: HTTPResponse.Status = .ok
    ) -> Response { rendered(page, in: frame, for: request, status: status).response }

    /// Renders a page like `page`, without making a response of it yet.
    package func rendered(
        _ page: any PageModel,
        in frame: FormFrame? = nil,
        for request: PageRequest,
        status: HTTPResponse.Status = .ok
    ) -> RenderedPage {
        let layout = PageLayout(
            request,
            words: strings[request.language],
            navigation: navigation,
            hasSearch: searchPath(request.language) != nil,
            gate: gate
        )
        let frames: [any Codable] = frame.map { [layout, $0] } ?? [layout]
        do {
            let html = try library.render(page, in: frames, language: request.language.rawValue)
            return RenderedPage(status: status, headers: Self.headers(for: request), body: html)
        } catch {
            request.context.logger.error("Page not rendered", metadata: ["error": "\(error)"])
            return RenderedPage(status: .internalServerError, headers: [:], body: ByteBuffer())
        }
    }

    private static func headers(for request: PageRequest) -> HTTPFields {
        [
            .contentType: "text/html; charset=utf-8", .contentLanguage: request.language.rawValue,
            .cacheControl: request.visitor.person == nil ? "no-cache" : "private, no-cache",
            .vary: addressLanguage(request.request) == nil ? "Cookie, Accept-Language" : "Cookie",
        ]
    }

    /// Renders an error page in the language of the URL.
    ///
    /// - Parameter unsaved: a form that could not be saved; the page offers to send it again.
    package func error(
        _ request: Request,
        _ context: PortalContext,
        _ problem: Problem,
        unsaved: FormBody? = nil
    ) -> Response {
        let request = PageRequest(request: request, context: context, language: language(of: request))
        let page = ErrorPage(problem, strings[request.language], unsaved: unsaved, address: request.request.uri.string)
        var response = self.page(page, for: request, status: problem.status)
        if unsaved != nil { response.headers[.cacheControl] = "no-store" }
        if let seconds = problem.retryAfter { response.headers[.retryAfter] = String(seconds) }
        if case .methodNotAllowed(let allowed) = problem { response.headers[.allow] = allowed }
        return response
    }

    /// The language in the path or the query, otherwise the reader's own.
    package func language(of request: Request) -> Language {
        let asked = request.uri.queryParameters["lang"].map(String.init) ?? ""
        return Self.addressLanguage(request) ?? Language(rawValue: asked) ?? LanguageChoice.home(request)
    }

    private static func addressLanguage(_ request: Request) -> Language? {
        request.uri.path.split(separator: "/").first.flatMap { Language(rawValue: String($0)) }
    }

    // The values that describe the language itself.
    private static func site(_ language: Language) -> [String: String] {
        var site = ["lang": language.rawValue, "home": Link(language: language).home]
        for other in Language.allCases { site["is_\(other.rawValue)"] = other == language ? "true" : "false" }
        return site
    }
}
