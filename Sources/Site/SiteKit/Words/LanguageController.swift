import Civic
import HTTPTypes
import Hummingbird

/// Stores the chosen language in a cookie and in the account, and redirects to the same page in it.
///
/// It is a link, so that it works without JavaScript and can be opened in a new tab. Another site can make a browser follow
/// it, so the account is changed only when the browser reports that the link was on one of our pages.
struct LanguageController {
    /// Stores the choice in the account of a signed-in person; nil in a portal without accounts.
    let signIn: (any SignInProvider)?
    let sessions: SessionCache

    /// The prefix of its addresses.
    static let path = "/language/"

    func add(to routes: SiteRoutes) { routes.documents.get("\(Self.path):code", use: choose) }

    /// The address that stores a language and redirects to a page in it.
    static func path(_ language: Language, to path: String) -> String {
        "/language/\(language.rawValue)?to=" + Link.encode(path)
    }

    @Sendable private func choose(_ request: Request, _ context: PortalContext) async throws -> Response {
        guard let language = Language(rawValue: context.parameters.get("code") ?? "") else { throw Problem.notFound }
        let wanted = request.uri.queryParameters["to"].map(String.init)
        let target = ReturnPath(wanted)?.address(in: language) ?? Link(language: language).home
        if let person = context.visitor.person, Self.isFromHere(request), person.language != language {
            try await signIn?.changeLanguage(person.person, to: language)
            sessions.forget(person.person)
        }
        var response = Response(status: .seeOther, headers: [.location: target])
        SecurityHeadersMiddleware.withoutReferrer(&response)
        response.setCookie(PortalCookies.language(language, isSecure: context.visitor.isSecure))
        return response
    }

    // Fetch Metadata: https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
    private static func isFromHere(_ request: Request) -> Bool {
        HTTPField.Name("Sec-Fetch-Site").flatMap { request.headers[$0] } == "same-origin"
    }
}
