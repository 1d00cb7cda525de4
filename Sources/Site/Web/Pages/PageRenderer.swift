import Civic
import Foundation
import HTTPTypes
import Hummingbird

/// The values for a template.
typealias PageContext = [String: Any]

/// Renders templates inside the common layout.
struct PageRenderer: Sendable {
    let strings: StringCatalogue
    private let keys: FormKeys
    private let templates: PageTemplates

    /// Reads and compiles every template.
    ///
    /// - Throws: `WebError.unreadableTemplate`.
    init(
        home: Home,
        strings: StringCatalogue,
        assets: Assets,
        keys: FormKeys,
        operator portalOperator: PortalOperator
    ) throws(WebError) {
        self.strings = strings
        self.keys = keys
        let files = [
            "css": assets.link("app.css"), "app_js": assets.link("app.js"), "map_js": assets.link("map.js"),
            "small_map_js": assets.link("small-map.js"),
            "altcha_css": assets.link("altcha.css"), "altcha_js": assets.link("vendor/altcha.js"),
            "altcha_i18n_js": assets.link("vendor/altcha-i18n.js"), "captcha_js": assets.link("captcha.js"),
            "icons": assets.link("icons.svg"), "favicon": assets.link("favicon.svg"),
            "maplibre_js": assets.link("vendor/maplibre-gl.js"), "maplibre_css": assets.link("vendor/maplibre-gl.css"),
        ]
        templates = try PageTemplates(
            folder: home.templates,
            strings: strings,
            site: { files.merging(Self.site($0)) { file, _ in file } },
            foot: { Self.foot($0, portalOperator) }
        )
    }

    /// Renders a whole page.
    ///
    /// - Parameters:
    ///   - template: the template's name.
    ///   - page: title, description and the template's own values.
    func page(
        _ template: String,
        _ page: PageContext,
        for visit: Visit,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        let context = layout(visit).merging(page) { _, own in own }
        guard let html = templates.render(template, context, in: visit.language) else {
            return Response(status: .internalServerError)
        }
        return Response(
            status: status,
            headers: [
                .contentType: "text/html; charset=utf-8", .contentLanguage: visit.language.rawValue,
                .cacheControl: visit.visitor.person == nil ? "no-cache" : "private, no-cache",
                .vary: Self.addressLanguage(visit.request) == nil ? "Cookie, Accept-Language" : "Cookie",
            ],
            body: .init(byteBuffer: .init(string: html))
        )
    }

    /// Renders an error page in the language of the URL.
    ///
    /// - Parameter unsaved: a form that could not be saved; the page offers to send it again.
    func error(
        _ request: Request,
        _ context: PortalContext,
        _ problem: Problem,
        unsaved: FormBody? = nil
    ) -> Response {
        let visit = Visit(request: request, context: context, language: language(of: request))
        let words = strings[visit.language]
        let stem =
            switch problem {
            case .notFound, .methodNotAllowed: "not_found"
            case .badRequest, .unprocessable, .tooLarge, .unsupportedMediaType: "bad_request"
            case .tooMany: "too_many"
            case .forbidden, .unauthorized: "forbidden"
            case .notReady, .busy, .unwritable, .internalError: "server_error"
            }
        var page: PageContext = [
            "title": words["\(stem)_heading"], "heading": words["\(stem)_heading"],
            "message": words["\(stem)_message"], "status": problem.status.code, "robots": "noindex",
        ]
        if let unsaved {
            page["title"] = words["unsaved_heading"]
            page["heading"] = words["unsaved_heading"]
            page["message"] = words["unsaved_message"]
            let form: PageContext = [
                "action": request.uri.string, "submit": words["unsaved_submit"],
                "fields": unsaved.repeatable.map { ["name": $0.name, "value": $0.value] },
            ]
            page["unsaved"] = form
        }
        var response = self.page("error", page, for: visit, status: problem.status)
        if unsaved != nil { response.headers[.cacheControl] = "no-store" }
        if let seconds = problem.retryAfter { response.headers[.retryAfter] = String(seconds) }
        if case .methodNotAllowed(let allowed) = problem { response.headers[.allow] = allowed }
        return response
    }

    /// The language in the path or the query, otherwise the reader's own.
    func language(of request: Request) -> Language {
        let asked = request.uri.queryParameters["lang"].map(String.init) ?? ""
        return Self.addressLanguage(request) ?? Language(rawValue: asked) ?? LanguageChoice.home(request)
    }

    private static func addressLanguage(_ request: Request) -> Language? {
        request.uri.path.split(separator: "/").first.flatMap { Language(rawValue: String($0)) }
    }

    // The part of the layout that depends on the page or the visitor; the rest was filled in with the texts.
    private func layout(_ visit: Visit) -> PageContext {
        let (request, link) = (visit.request, visit.link)
        let words = strings[visit.language]
        let path = request.uri.path
        let isKnown = visit.visitor.person != nil
        var context: PageContext = [
            "description": words["home_description"], "search_q": "",
            "account_href": isKnown ? link.account : link.login(to: visit.returnPath),
            "account_label": words[isKnown ? "account_mine" : "account_sign_in"],
            "account_icon": isKnown ? "icon-person" : "icon-sign-in", "is_signed_in": isKnown,
            "at_account": Self.current(path == link.account || path == link.login),
            "at_home": Self.current(path == link.home), "at_map": Self.current(path.hasPrefix(link.map)),
            "at_directory": Self.current(path.hasPrefix(link.directory)),
            "at_districts": Self.current(path.hasPrefix(link.districts)),
        ]
        for language in Language.allCases {
            let address = Self.address(request, in: language)
            context["\(language.rawValue)_href"] = address
            // The URL of a page may contain a token, which must not appear on any other page.
            context["to_\(language.rawValue)_href"] =
                visit.returnPath == nil ? address : Link.language(language, to: address)
        }
        return context
    }

    // The value of aria-current (WAI-ARIA 1.2, 6.6).
    private static func current(_ isHere: Bool) -> String { isHere ? "page" : "false" }

    // The URLs that are on every page of a language, and the language itself.
    private static func site(_ language: Language) -> [String: String] {
        let link = Link(language: language)
        var site = [
            "lang": language.rawValue, "home": link.home, "map": link.map,
            "directory": link.directory, "districts": link.districts, "search_action": link.search,
        ]
        for other in Language.allCases { site["is_\(other.rawValue)"] = other == language ? "true" : "false" }
        return site
    }

    // The footer of every page, which depends only on the language and the operator's settings.
    private static func foot(_ words: Strings, _ portalOperator: PortalOperator) -> PageContext {
        let link = Link(language: words.language)
        var foot: PageContext = [
            "version": Portal.version, "akimat_number": Portal.akimatNumber,
            "footer_links": [
                ["href": link.agreement, "label": words["agreement_title"]],
                ["href": link.developers, "label": words["open_data"]],
            ],
            "attribution": Attribution.sources.map { source in
                var item: PageContext = ["text": words[source.key]]
                item["href"] = source.link
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
