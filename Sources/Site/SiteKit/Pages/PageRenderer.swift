package import Civic
import Foundation
package import HTTPTypes
package import Hummingbird
import Logging
import NIOCore

/// The values for a template.
package typealias PageContext = [String: Any]

/// Renders templates inside the common layout.
package struct PageRenderer: Sendable {
    /// The words of all languages.
    package let strings: StringCatalogue
    // The account and staff pages still fill their templates with untyped values.
    private let templates: PageTemplates
    private let library: PageLibrary
    private let navigation: [NavigationEntry]
    private let searchPath: @Sendable (Language) -> String?
    private let gate: (any SignInGate)?

    /// Reads and compiles the templates of all features.
    ///
    /// - Parameters:
    ///   - features: the features, whose templates, addresses, navigation and credits the layout shows.
    ///   - folders: the resource folders of the site kit and of the features.
    /// - Throws: `SiteError.unreadableTemplate`.
    init(
        features: [Feature],
        folders: [URL],
        strings: StringCatalogue,
        assets: Assets,
        operator portalOperator: PortalOperator
    ) throws(SiteError) {
        self.strings = strings
        navigation = features.flatMap(\.navigation)
        let links = assets.links
        func addresses(_ language: Language) -> [String: String] {
            features.reduce(into: [:]) { $0.merge($1.addresses(language)) { $1 } }
        }
        searchPath = { language in features.lazy.compactMap { $0.addresses(language)["search_action"] }.first }
        let (footer, credits) = (features.flatMap(\.footer), features.flatMap(\.credits))
        gate = nil
        templates = try PageTemplates(
            folders: folders.map { $0.appending(path: "Templates") },
            strings: strings,
            site: { links.merging(addresses($0)) { $1 }.merging(Self.site($0)) { $1 } },
            foot: { Self.foot($0, footer, credits, portalOperator) }
        )
        // The search box belongs to a feature; without it the layout shows none.
        var texts = ["search_box": ""]
        for folder in folders {
            for source in try TemplateSource.all(in: folder.appending(path: "Templates")) {
                texts[source.name] = source.text
            }
        }
        let models: [any PageModel.Type] = [ErrorPage.self] + features.flatMap(\.pages)
        do {
            let templates = try TemplateLibrary(texts)
            var library = PageLibrary()
            for language in Language.allCases {
                let site = links.merging(addresses(language)) { $1 }.merging(Self.site(language)) { $1 }
                let constants = ["t": strings[language].texts, "site": site]
                let filled = try templates.filling(
                    texts.keys.filter { $0.hasPrefix("foot/") },
                    with: PageFooter(strings[language], footer, credits, portalOperator),
                    constants: constants
                )
                let code = language.rawValue
                try library.add(models, in: [PageLayout.self], language: code, from: filled, constants: constants)
            }
            self.library = library
        } catch {
            throw .unreadableTemplate("\(error)")
        }
    }

    private init(_ other: PageRenderer, gate: any SignInGate) {
        (strings, templates, library) = (other.strings, other.templates, other.library)
        navigation = other.navigation
        (searchPath, self.gate) = (other.searchPath, gate)
    }

    /// A copy that shows the link to the sign-in pages in the header.
    func with(gate: any SignInGate) -> PageRenderer { PageRenderer(self, gate: gate) }

    /// Renders a page from its model, which one of the features lists.
    package func page(
        _ page: any PageModel,
        for request: PageRequest,
        status: HTTPResponse.Status = .ok
    ) -> Response { rendered(page, for: request, status: status).response }

    /// Renders a page from its model, which one of the features lists.
    package func rendered(
        _ page: any PageModel,
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
        do {
            let html = try library.render(page, in: [layout], language: request.language.rawValue)
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

    /// Renders a page from untyped values.
    ///
    /// - Parameters:
    ///   - template: the template's name.
    ///   - page: title, description and the template's own values.
    package func page(
        _ template: String,
        _ page: PageContext,
        for request: PageRequest,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        let context = layout(request).merging(page) { _, own in own }
        guard let html = templates.render(template, context, in: request.language) else {
            return Response(status: .internalServerError)
        }
        let headers = Self.headers(for: request)
        return Response(status: status, headers: headers, body: .init(byteBuffer: .init(string: html)))
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
        let visit = PageRequest(request: request, context: context, language: language(of: request))
        let page = ErrorPage(problem, strings[visit.language], unsaved: unsaved, address: request.uri.string)
        var response = self.page(page, for: visit, status: problem.status)
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

    // The part of the layout that depends on the page or the visitor; the rest was filled in with the texts.
    private func layout(_ request: PageRequest) -> PageContext {
        let words = strings[request.language]
        let path = request.request.uri.path
        var context: PageContext = [
            "description": words["home_description"], "search_q": "",
            "is_signed_in": request.visitor.person != nil,
            "has_search": searchPath(request.language) != nil,
            "navigation": navigation.map { entry in
                var item: PageContext = [
                    "href": entry.path(request.language), "label": words[entry.label],
                    "current": Self.current(entry.isCurrent(path, in: request.language)),
                ]
                item["style"] = entry.style
                return item
            },
        ]
        if let link = gate?.headerLink(request) {
            context["account"] =
                [
                    "href": link.href, "label": link.label, "icon": link.icon, "current": Self.current(link.isCurrent),
                ] as PageContext
        }
        for language in Language.allCases {
            let address = Self.address(request.request, in: language)
            context["\(language.rawValue)_href"] = address
            // The URL of a page may contain a token, which must not appear on any other page.
            context["to_\(language.rawValue)_href"] =
                request.returnPath == nil ? address : LanguageController.path(language, to: address)
        }
        return context
    }

    // The value of aria-current (WAI-ARIA 1.2, 6.6).
    private static func current(_ isHere: Bool) -> String { isHere ? "page" : "false" }

    // The language itself.
    private static func site(_ language: Language) -> [String: String] {
        var site = ["lang": language.rawValue, "home": Link(language: language).home]
        for other in Language.allCases { site["is_\(other.rawValue)"] = other == language ? "true" : "false" }
        return site
    }

    // The footer of every page, which depends only on the language, the features and the operator's settings.
    private static func foot(
        _ words: Strings,
        _ footer: [NavigationEntry],
        _ credits: [Credit],
        _ portalOperator: PortalOperator
    ) -> PageContext {
        var foot: PageContext = [
            "version": Product.version, "akimat_number": Product.akimatNumber,
            "footer_links": footer.map { ["href": $0.path(words.language), "label": words[$0.label]] },
            "attribution": credits.map { credit in
                var item: PageContext = ["text": words[credit.label]]
                item["href"] = credit.link
                return item
            },
        ]
        foot["operator_contact"] = portalOperator.contactLink.map { ["href": $0.href, "text": $0.text] }
        return foot
    }

    // The same page, with its query, in another language.
    private static func address(_ request: Request, in language: Language) -> String {
        let query = request.uri.query.map { "?" + $0 } ?? ""
        var parts = request.uri.path.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
        guard let first = parts.first, Language(rawValue: first) != nil else {
            return request.uri.path + "?lang=\(language.rawValue)"
        }
        parts[0] = language.rawValue
        return "/" + parts.joined(separator: "/") + (parts.count == 1 ? "/" : "") + query
    }
}
