import Foundation
import Gazetteer
import HTTPTypes
import Hummingbird
import Mustache

/// What a template is given.
typealias PageContext = [String: Any]

/// Puts page contexts into templates and both into the common layout.
struct PageRenderer: Sendable {
    let strings: StringCatalogue
    private let keys: FormKeys
    private let templates: MustacheLibrary
    private let links: [String: String]

    /// Reads and compiles every template.
    ///
    /// - Throws: `WebError.unreadableTemplate`.
    init(home: Home, strings: StringCatalogue, assets: Assets, keys: FormKeys) async throws {
        do {
            templates = try await MustacheLibrary(directory: home.templates.path)
        } catch {
            throw WebError.unreadableTemplate("\(error)")
        }
        self.strings = strings
        self.keys = keys
        links = [
            "css": assets.link("app.css"), "app_js": assets.link("app.js"), "map_js": assets.link("map.js"),
            "small_map_js": assets.link("small-map.js"),
            "altcha_css": assets.link("altcha.css"), "altcha_js": assets.link("vendor/altcha.js"),
            "altcha_i18n_js": assets.link("vendor/altcha-i18n.js"), "captcha_js": assets.link("captcha.js"),
            "icons": assets.link("icons.svg"), "favicon": assets.link("favicon.svg"),
            "maplibre_js": assets.link("vendor/maplibre-gl.js"), "maplibre_css": assets.link("vendor/maplibre-gl.css"),
        ]
    }

    /// A whole page.
    ///
    /// - Parameters:
    ///   - template: the template's name.
    ///   - page: title, description and the template's own members.
    func page(
        _ template: String,
        _ page: PageContext,
        for visit: Visit,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        let context = layout(visit).merging(page) { _, own in own }
        guard let html = templates.render(context, withTemplate: template) else {
            return Response(status: .internalServerError)
        }
        return Response(
            status: status,
            headers: [
                .contentType: "text/html; charset=utf-8", .contentLanguage: visit.language.rawValue,
                .cacheControl: visit.visitor.person == nil ? "no-cache" : "private, no-cache", .vary: "Cookie",
            ],
            body: .init(byteBuffer: .init(string: html))
        )
    }

    /// The page for what went wrong, in the language of the address.
    func error(_ request: Request, _ context: PortalContext, _ problem: Problem) -> Response {
        let visit = Visit(request: request, context: context, language: language(of: request))
        let words = strings[visit.language]
        let stem =
            switch problem {
            case .notFound, .methodNotAllowed: "not_found"
            case .badRequest, .unprocessable, .tooLarge, .unsupportedMediaType: "bad_request"
            case .tooMany: "too_many"
            case .forbidden: "forbidden"
            case .notReady, .busy, .internalError: "server_error"
            }
        let page: PageContext = [
            "title": words["\(stem)_heading"], "heading": words["\(stem)_heading"],
            "message": words["\(stem)_message"], "status": problem.status.code, "robots": "noindex",
        ]
        var response = self.page("error", page, for: visit, status: problem.status)
        if let seconds = problem.retryAfter { response.headers[.retryAfter] = String(seconds) }
        if case .methodNotAllowed(let allowed) = problem { response.headers[.allow] = allowed }
        return response
    }

    /// The language that begins the address or is asked for in the query, else the reader's own.
    func language(of request: Request) -> Language {
        let first = request.uri.path.split(separator: "/").first.map(String.init) ?? ""
        let asked = request.uri.queryParameters["lang"].map(String.init) ?? ""
        return Language(rawValue: first) ?? Language(rawValue: asked) ?? LanguageChoice.home(request)
    }

    private func layout(_ visit: Visit) -> PageContext {
        let (request, language) = (visit.request, visit.language)
        let words = strings[language]
        let link = visit.link
        let path = request.uri.path
        var context: PageContext = links
        context["t"] = words.texts
        context["lang"] = language.rawValue
        context["description"] = words["home_description"]
        context["home_href"] = link.home
        context["search_action"] = link.search
        context["search_q"] = ""
        context["version"] = Portal.version
        context["languages"] = languages(request, language)
        context["account_href"] = visit.visitor.person == nil ? link.login(to: request.uri.string) : link.account
        context["account_label"] = words[visit.visitor.person == nil ? "account_sign_in" : "account_mine"]
        context["account_current"] = path == link.account || path == link.login
        context["alternates"] = Language.allCases.map { other in
            ["code": other.rawValue, "href": Self.address(request, in: other)]
        }
        context["nav"] = [
            (link.home, words["home"]), (link.map, words["map"]), (link.directory, words["directory"]),
            (link.districts, words["districts"]),
        ].map { href, label in
            let current = href == link.home ? path == href : path.hasPrefix(href)
            return ["href": href, "label": label, "current": current] as PageContext
        }
        context["footer_links"] = [["href": link.developers, "label": words["open_data"]]]
        context["attribution"] = Attribution.sources.map { source in
            var item: PageContext = ["text": words[source.key]]
            item["href"] = source.link
            return item
        }
        return context
    }

    private func languages(_ request: Request, _ current: Language) -> [PageContext] {
        let own: [(Language, String, String)] = [
            (.kk, "ҚАЗ", "Қазақша"), (.ru, "РУС", "Русский"), (.en, "ENG", "English"),
        ]
        return own.map { language, label, name in
            [
                "code": language.rawValue, "label": label, "name": name, "current": language == current,
                "href": Link.language(language, to: Self.address(request, in: language)),
            ]
        }
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
