import Civic
import Hummingbird

/// What the layout shows around every page, as far as it depends on the page or the visitor.
///
/// A page may have members of the same names, which then take precedence.
struct PageLayout: Codable, Sendable {
    /// An entry of the main navigation.
    struct Entry: Codable, Sendable {
        let href: String
        let label: String
        /// The value of aria-current (WAI-ARIA 1.2, 6.6).
        let current: String
        let style: String?
    }

    /// The link to the visitor's account or to the sign-in page.
    struct Account: Codable, Sendable {
        let href: String
        let label: String
        let icon: String
        let current: String
    }

    let description: String
    /// The text in the search box of the header.
    var searchQ = ""
    /// Whether search engines may list the page.
    var robots: String?
    /// The error of the page's search box.
    var error: String?
    let hasSearch: Bool
    let navigation: [Entry]
    let account: Account?
    let isSignedIn: Bool
    // The page in each language, and the links that choose the language and lead there.
    let kkHref: String
    let ruHref: String
    let enHref: String
    let toKkHref: String
    let toRuHref: String
    let toEnHref: String

    init(
        _ request: PageRequest,
        words: Strings,
        navigation: [NavigationEntry],
        hasSearch: Bool,
        gate: (any SignInGate)?
    ) {
        let path = request.request.uri.path
        description = words["home_description"]
        self.hasSearch = hasSearch
        self.navigation = navigation.map { entry in
            Entry(
                href: entry.path(request.language),
                label: words[entry.label],
                current: Self.current(entry.isCurrent(path, in: request.language)),
                style: entry.style
            )
        }
        account = gate.map { gate in
            let link = gate.headerLink(request)
            return Account(
                href: link.href,
                label: link.label,
                icon: link.icon,
                current: Self.current(link.isCurrent)
            )
        }
        isSignedIn = request.visitor.person != nil
        let addresses = [Language.kk, .ru, .en].map { Self.address(request.request, in: $0) }
        (kkHref, ruHref, enHref) = (addresses[0], addresses[1], addresses[2])
        // The URL of a page may contain a token, which must not appear on any other page.
        let isSecret = request.returnPath == nil
        toKkHref = isSecret ? kkHref : LanguageController.path(.kk, to: kkHref)
        toRuHref = isSecret ? ruHref : LanguageController.path(.ru, to: ruHref)
        toEnHref = isSecret ? enHref : LanguageController.path(.en, to: enHref)
    }

    private static func current(_ isHere: Bool) -> String { isHere ? "page" : "false" }

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

/// What the footer shows, which depends only on the language, the features and the operator's settings.
struct PageFooter: Codable, Sendable {
    let version: String
    let akimatNumber: String
    let footerLinks: [LabelLink]
    let operatorContact: TextLink?
    let attribution: [TextLink]

    init(_ words: Strings, _ footer: [NavigationEntry], _ credits: [Credit], _ portalOperator: PortalOperator) {
        version = Product.version
        akimatNumber = Product.akimatNumber
        footerLinks = footer.map { LabelLink(href: $0.path(words.language), label: words[$0.label]) }
        operatorContact = portalOperator.contactLink.map { TextLink(href: $0.href, text: $0.text) }
        attribution = credits.map { TextLink(href: $0.link, text: words[$0.label]) }
    }
}
